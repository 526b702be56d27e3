import { fillBranches } from './branches.ts'

/* Where the tree of collections is. */
fillBranches()
