import { servePack } from '../rule/pack.ts'
import { rules } from './rules.ts'

servePack('kura', 'What the platform of Kura promises itself', rules)
