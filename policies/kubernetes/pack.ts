import { servePack } from '../rule/pack.ts'
import { rules } from './rules.ts'

servePack('kubernetes', 'Pod Security Standards, hardening and workload hygiene for Kubernetes', rules)
