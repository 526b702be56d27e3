import { yaml } from '@pulumi/kubernetes'
import { cases, declared, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './definitions-version-exact.ts'

const manifests = (file: string) => declared(yaml.v2.ConfigFile, 'definitions', { file })

cases(rule, {
  passes: {
    'an address with the tag of a release': manifests('https://raw.example/project/v3.30.3/crds.yaml'),
    'one with a version in the name of the file': manifests('https://raw.example/crds-1.2.3.yaml'),
  },
  breaks: {
    'a branch': [
      manifests('https://raw.example/project/master/crds.yaml'),
      'definitions: file is "https://raw.example/project/master/crds.yaml"; write an address with the version of a release.',
    ],
    'a line of releases': [manifests('https://raw.example/release-v3.30/crds.yaml'), /the version of a release/],
    'an address that nobody knows yet': [manifests(UNKNOWN), /^Could not be judged: definitions: file/],
  },
})
