import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { INSPECTED_BYTES } from '../../infra/edge/waf.ts'
import { temporaryFolder } from '../setup/folder.ts'
import { firewallRules, uninspected } from './firewall-rules.ts'
import { needPackages } from './packages.ts'
import { runServer } from './server.ts'

const HOST = '127.0.0.1'
const MODULE = '/usr/lib/nginx/modules/ngx_http_modsecurity_module.so'

/**
 * ModSecurity with the OWASP core rules, which stands in for Oracle's firewall: it takes requests on one port, and hands
 * on to the other what passes.
 */
export async function startFirewall(port: number, to: number) {
  await needPackages('nginx', 'libnginx-mod-http-modsecurity', 'modsecurity-crs')
  const { folder, remove } = await temporaryFolder()
  const file = (name: string) => join(folder, name)
  await writeFile(file('rules.conf'), firewallRules(folder, INSPECTED_BYTES))
  await writeFile(file('uninspected.conf'), firewallRules(folder, 1))
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${file(kind)};`,
  )
  await writeFile(
    file('nginx.conf'),
    `load_module ${MODULE};
daemon off;
pid ${file('pid')};
error_log stderr warn;
${process.getuid?.() === 0 ? 'user root;' : ''}
events {}
http {
  ${temporary.join('\n  ')}
  access_log off;
  # The access control refuses by length what is too large, and nothing else does.
  client_max_body_size 0;
  server {
    listen ${HOST}:${port};
    modsecurity on;
    proxy_http_version 1.1;
    proxy_buffering off;
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    location / {
      modsecurity_rules_file ${file('rules.conf')};
      proxy_pass http://${HOST}:${to};
    }
    location ${uninspected()} {
      modsecurity_rules_file ${file('uninspected.conf')};
      proxy_pass http://${HOST}:${to};
    }
  }
}
`,
  )
  const server = await runServer({
    command: 'nginx',
    args: ['-e', 'stderr', '-c', file('nginx.conf')],
    folder,
    isReady: async () => (await fetch(`http://${HOST}:${port}/`)).status > 0,
    afterUs: 'TERM',
  })
  return {
    /** What it refused, and why. */
    log: file('server.log'),
    async close() {
      await server.stop()
      await remove()
    },
  }
}
