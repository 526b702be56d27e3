export {
  FORM,
  INSTITUTION,
  Institution,
  type ItemTableName,
  itemTables,
  laterTables,
  PROFILE,
  type Row,
  rowsPath,
  type TableName,
  type WholeTable,
  wholeTables,
} from './form.ts'
export { exportRoutes } from './routes.ts'
export { ItemRows, type ReadRow, readRows, WrongRow } from './rows.ts'
