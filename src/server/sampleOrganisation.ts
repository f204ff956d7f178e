export { SAMPLE_PASSWORD, sampleOrganisation } from './sample/organisation.ts'
