import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as kubernetes from '@pulumi/kubernetes'
import type * as pulumi from '@pulumi/pulumi'
import { PRIORITY } from '../../cluster/classes.ts'
import { Component } from '../../component.ts'
import { images, reference } from '../../images.ts'
import { type Login, password } from '../../password.ts'
import { restrictedContainer } from '../../pod-security.ts'
import { connects, podOn, resources } from '../../pods.ts'
import { type Authority, CERTIFICATE_FILE } from '../authority.ts'
import { CONNECTIONS } from '../connections.ts'

/** The roles that the operator makes, with their flags. What they are members of, `scripts/grants.sql` says. */
export const ROLES = {
  /** Makes institutions' databases and roles. */
  provisioner: { user: 'kura_provisioner', flags: ['createdb', 'createrole'] },
  /** Reads everything, and copies whole instances. */
  backup: { user: 'kura_backup', flags: ['replication'] },
  monitoring: { user: 'kura_monitoring', flags: [] },
  /** Owns the identity provider's database. */
  identity: { user: 'keycloak', flags: [] },
  /** Owns the Handle server's database. */
  handle: { user: 'handle', flags: [] },
} as const

export type RoleName = keyof typeof ROLES

/** Databases that the operator makes. */
export const DATABASES = { control: 'kura', identity: 'keycloak', handle: 'handle' } as const

/** How the operator names the Secret of a role (`secret_name_template`): it takes the password from one that is there. */
function credentials(role: string, cluster: string): string {
  return `${role.replaceAll('_', '-')}.${cluster}.credentials.postgresql.acid.zalan.do`
}

interface RolesArgs {
  namespace: string
  cluster: string
  /** Generation of the passwords. */
  generation: number
}

/** Passwords of the roles, in the Secrets that the operator looks for. */
export class Roles extends Component {
  readonly logins: Record<RoleName, Login>
  /** What the cluster must wait for: where it finds no Secret, the operator invents a password. */
  readonly secrets: kubernetes.core.v1.Secret[]

  constructor(name: string, { namespace, cluster, generation }: RolesArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:PostgresqlRoles', name, options)
    const login = (role: RoleName): Login => ({
      user: ROLES[role].user,
      password: password(this.named(role), generation, this).result,
    })
    this.logins = {
      provisioner: login('provisioner'),
      backup: login('backup'),
      monitoring: login('monitoring'),
      identity: login('identity'),
      handle: login('handle'),
    }
    this.secrets = Object.entries(this.logins).map(
      ([role, { user, password }]) =>
        new kubernetes.core.v1.Secret(
          this.named(`${role}-secret`),
          {
            metadata: {
              name: credentials(user, cluster),
              namespace,
              labels: { ...this.labels, 'cluster-name': cluster },
            },
            stringData: { username: user, password },
          },
          { parent: this },
        ),
    )
    this.registerOutputs({})
  }
}

/** Labels of the pod that grants. */
export const GRANTS = { 'app.kubernetes.io/name': 'postgresql-grants' }

interface GrantsArgs extends RolesArgs {
  registry: string
  /** The primary's host. */
  host: string
  authority: Authority
}

/**
 * The Job that gives the roles what the operator has no word for, and their passwords at once: the operator looks for
 * new ones every half hour. It runs again when what it gives changes.
 */
export class Grants extends Component {
  constructor(name: string, args: GrantsArgs, options: pulumi.ComponentResourceOptions) {
    super('kura:cluster:PostgresqlGrants', name, options)
    const { namespace, cluster, generation, registry, host, authority } = args
    const labels = { ...this.labels, ...GRANTS }
    const script = (file: string) => readFileSync(join(import.meta.dirname, 'scripts', file), 'utf8')
    const scripts = new kubernetes.core.v1.ConfigMap(
      this.named('scripts'),
      {
        metadata: { name: this.named('scripts'), namespace, labels },
        data: { 'grant.sh': script('grant.sh'), 'grants.sql': script('grants.sql') },
      },
      { parent: this },
    )
    new kubernetes.batch.v1.Job(
      this.named('job'),
      {
        metadata: { name, namespace, labels },
        spec: {
          backoffLimit: 2,
          activeDeadlineSeconds: 1800,
          template: {
            metadata: {
              labels,
              annotations: { ...connects(CONNECTIONS.grants), 'kura/passwords': String(generation) },
            },
            spec: {
              ...podOn('web', GRANTS),
              restartPolicy: 'Never',
              priorityClassName: PRIORITY.batch,
              containers: [
                {
                  name: 'grants',
                  image: reference(registry, images.backup),
                  command: ['bash', '/scripts/grant.sh'],
                  env: Object.entries({
                    GRANTS: '/scripts/grants.sql',
                    PASSWORD_FILE: '/superuser/password',
                    PASSWORDS: '/passwords',
                    PGHOST: host,
                    PGUSER: 'postgres',
                    PGDATABASE: 'postgres',
                    PGSSLMODE: 'verify-full',
                    PGSSLROOTCERT: `/authority/${CERTIFICATE_FILE}`,
                    PGCONNECT_TIMEOUT: '10',
                  }).map(([name, value]) => ({ name, value })),
                  resources: resources({ vcpu: 0.05, memory: 0.0625 }),
                  securityContext: restrictedContainer,
                  volumeMounts: [
                    { name: 'scripts', mountPath: '/scripts', readOnly: true },
                    { name: 'superuser', mountPath: '/superuser', readOnly: true },
                    { name: 'passwords', mountPath: '/passwords', readOnly: true },
                    { name: 'authority', mountPath: '/authority', readOnly: true },
                  ],
                },
              ],
              volumes: [
                { name: 'scripts', configMap: { name: scripts.metadata.name } },
                // The operator makes it; the pod waits for it.
                { name: 'superuser', secret: { secretName: credentials('postgres', cluster), defaultMode: 0o440 } },
                {
                  name: 'passwords',
                  projected: {
                    defaultMode: 0o440,
                    sources: Object.values(ROLES).map(({ user }) => ({
                      secret: { name: credentials(user, cluster), items: [{ key: 'password', path: user }] },
                    })),
                  },
                },
                { name: 'authority', configMap: { name: authority.configMap } },
              ],
            },
          },
        },
      },
      // A change of the pod replaces the Job, whose name is fixed.
      { parent: this, deleteBeforeReplace: true, replaceOnChanges: ['spec'], customTimeouts: { create: '35m' } },
    )
    this.registerOutputs({})
  }
}
