import bucketNotPublic from './bucket-not-public.ts'

export default [bucketNotPublic]
