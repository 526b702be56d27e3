import { servePack } from '../rule/pack.ts'
import { rules } from './rules.ts'

servePack('oci', 'CIS OCI Foundations and good practice for Oracle Cloud', rules)
