import budgetNearCost from './budget-near-cost.ts'
import costWithinBudget from './cost-within-budget.ts'
import oracleLimitsKept from './oracle-limits-kept.ts'
import pgpoolConnectionsSuffice from './pgpool-connections-suffice.ts'
import podAddressesSuffice from './pod-addresses-suffice.ts'
import podsFitPool from './pods-fit-pool.ts'
import podsOnTheirPool from './pods-on-their-pool.ts'
import postgresqlConnectionsSuffice from './postgresql-connections-suffice.ts'
import priorityClassesOrdered from './priority-classes-ordered.ts'
import priorityFitsRole from './priority-fits-role.ts'
import searchFits from './search-fits.ts'

export default [
  budgetNearCost,
  costWithinBudget,
  oracleLimitsKept,
  pgpoolConnectionsSuffice,
  podAddressesSuffice,
  podsFitPool,
  podsOnTheirPool,
  postgresqlConnectionsSuffice,
  priorityClassesOrdered,
  priorityFitsRole,
  searchFits,
]
