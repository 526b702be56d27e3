import { DOWNLOADS, FILES, PORTS } from './configuration.ts'
import { FINISHING_SECONDS } from './rollout.ts'

/** Requests of one address that one nginx answers at a time: a campus may stand behind a single address. */
const REQUESTS_PER_ADDRESS = 100
/** MiB of a body that is no upload: a form, or a harvester's question. */
const SMALL_BODY = 1
/** Seconds without a byte from the application: a page, and what goes through a whole institution. */
const PAGE_SECONDS = 60
const LONG_SECONDS = 3600

interface NginxArgs {
  /** GiB of the largest upload that an institution of the cell may send. */
  upload: number
  /** Address of object storage, which downloads are handed to. */
  objects: string
  /** Addresses of what passes requests on to us and says whose they are. */
  trusted: string[]
  /** vCPU that it may use. */
  vcpu: number
  /** The cluster's names. */
  resolver?: string
}

/** Where the authorities are that object storage's certificate may come from. */
export const AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt'

/** Seconds in which object storage must be reached, and in which it must send more: a reader waits ten at most. */
const OBJECTS_CONNECT = 2
const OBJECTS_ANSWER = 8

/** What the application says with a download, and nginx forgets when it goes to fetch it. */
const SAID = [
  'Access-Control-Allow-Origin',
  'Access-Control-Expose-Headers',
  'Content-Security-Policy',
  'Cross-Origin-Opener-Policy',
  'Cross-Origin-Resource-Policy',
  'ETag',
  'Last-Modified',
  'Link',
  'Origin-Agent-Cluster',
  'Permissions-Policy',
  'RateLimit',
  'RateLimit-Policy',
  'Referrer-Policy',
  'Strict-Transport-Security',
  'Vary',
  'X-Content-Type-Options',
  'X-DNS-Prefetch-Control',
  'X-Download-Options',
  'X-Permitted-Cross-Domain-Policies',
  'X-Request-Id',
  'X-Robots-Tag',
  'X-XSS-Protection',
]

/** What object storage says of an object, and the application says better or nobody is to know. */
const UNSAID = [
  'Accept-Ranges',
  'Access-Control-Allow-Credentials',
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Origin',
  'Access-Control-Expose-Headers',
  'Cache-Control',
  'Content-Disposition',
  'Content-Language',
  'Content-MD5',
  'Content-Type',
  'ETag',
  'Expires',
  'Last-Modified',
  'Set-Cookie',
  'Strict-Transport-Security',
  'Vary',
  'X-Content-Type-Options',
  // Amazon's, and so everybody's.
  'x-amz-expiration',
  'x-amz-id-2',
  'x-amz-mp-parts-count',
  'x-amz-replication-status',
  'x-amz-request-id',
  'x-amz-server-side-encryption',
  'x-amz-storage-class',
  'x-amz-tagging-count',
  'x-amz-version-id',
  // Oracle's.
  'opc-client-request-id',
  'opc-multipart-md5',
  'opc-request-id',
  'storage-tier',
  'version-id',
  'x-api-id',
]

/** What nginx itself has to say, in the place of what went wrong: `on` is the status that it would give by itself. */
const PROBLEMS = [
  {
    on: 413,
    status: 413,
    title: 'Too large',
    detail: 'No institution here may send so much at a time.',
    ja: ['大きすぎます', '一度に送れる大きさを超えています。'],
  },
  {
    on: 429,
    status: 429,
    wait: 5,
    title: 'Too many requests',
    detail: 'Too many requests of this address are under way. Please wait until one has ended.',
    ja: ['要求が多すぎます', 'このアドレスからの要求が多すぎます。しばらくしてからもう一度お試しください。'],
  },
  {
    // Whoever asks again later is told so, as by the application: a crawler forgets no page for it.
    on: 502,
    status: 503,
    wait: 30,
    title: 'Unavailable',
    detail: 'This repository is unavailable just now. Please try again in a few minutes.',
    ja: ['ただいま利用できません', 'このリポジトリは現在利用できません。数分後にもう一度お試しください。'],
  },
  {
    on: 504,
    status: 504,
    title: 'Took too long',
    detail: 'This request took too long.',
    ja: ['時間がかかりすぎました', 'この要求の処理に時間がかかりすぎました。'],
  },
] as const
type NginxProblem = (typeof PROBLEMS)[number]

/** Problem details (RFC 9457) for programs. */
const problemOf = ({ status, title, detail }: NginxProblem) =>
  JSON.stringify({ type: 'about:blank', title, status, detail })

/** A page for readers, who may be of any institution and read either language. */
const pageOf = ({ title, detail, ja: [titleJa, detailJa] }: NginxProblem) =>
  [
    `<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>${titleJa}</title>`,
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>',
    `<body><main><h1>${titleJa}</h1><p>${detailJa}</p>`,
    `<div lang="en"><h2>${title}</h2><p>${detail}</p></div></main></body></html>`,
  ].join('')

/** Answers of nginx's own, in a form that `kind` names and `type` sets: which status leads to which, and what each says. */
function answers(kind: string, type: string[], bodyOf: (problem: NginxProblem) => string) {
  const name = (on: number) => `@${kind}-${on}`
  return {
    lead: PROBLEMS.map(({ on }) => `error_page ${on} = ${name(on)};`).join('\n      '),
    locations: PROBLEMS.map((problem) =>
      [
        `location ${name(problem.on)} {`,
        ...type.map((directive) => `  ${directive};`),
        "  add_header Content-Security-Policy \"default-src 'none'; frame-ancestors 'none'\" always;",
        '  add_header X-Content-Type-Options nosniff always;',
        '  add_header Cache-Control no-store always;',
        ...('wait' in problem ? [`  add_header Retry-After ${problem.wait} always;`] : []),
        `  return ${problem.status} '${bodyOf(problem)}';`,
        '}',
      ].join('\n    '),
    ).join('\n    '),
  }
}

const toPrograms = answers('problem', ['default_type application/problem+json'], problemOf)
// A directive of its own: said with the type, it would stand beside that of the file which could not be fetched.
const toReaders = answers('page', ['default_type text/html', 'charset utf-8'], pageOf)

/** What the application is told of every request. */
const ABOUT = `proxy_set_header Host $host;
    proxy_set_header Connection "";
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Proto https;`

/**
 * Pages, style sheets and scripts are sent compressed. Not what the API answers: an ETag that was compressed is weak, and
 * no change may be bound to it (RFC 9110, section 13.1.1).
 */
const COMPRESSED = `gzip on;
      gzip_proxied any;
      gzip_vary on;
      gzip_min_length 1000;
      gzip_types text/css text/javascript application/javascript image/svg+xml;`

/**
 * `nginx.conf` of a cell. nginx takes what is sent in one go whole before the application sees its first byte, so that a
 * slow sender holds nothing but a file; keeps what never changes; fetches downloads from object storage by the address
 * that the application gives it (`X-Accel-Redirect: /_objects/<bucket>/<key>?<signature>`), and hands back to it what
 * object storage refuses; and limits what one address may ask at a time. What is served, to whom and from which host is
 * for the application to say.
 */
export function nginxConfiguration({
  upload,
  objects,
  trusted,
  vcpu,
  resolver = 'kube-dns.kube-system.svc.cluster.local',
}: NginxArgs): string {
  const { host, hostname, origin } = new URL(objects)
  const variable = (header: string) => `$said_${header.toLowerCase().replaceAll('-', '_')}`
  const said = (lines: (header: string) => string) => SAID.map(lines).join('\n      ')

  const large = [
    `client_max_body_size ${Math.ceil(upload * 1024)}m;`,
    '# Records are dealt with as they are read, and an archive is looked through before its first answer.',
    `proxy_read_timeout ${LONG_SECONDS}s;`,
    `proxy_send_timeout ${LONG_SECONDS}s;`,
    toPrograms.lead,
  ].join('\n      ')

  return `# Written by infra/repositories/nginx.ts.
daemon off;
pid /tmp/nginx.pid;
error_log stderr error;
worker_processes ${Math.ceil(vcpu)};
# After SIGQUIT: requests under way end, and idle connections at once.
worker_shutdown_timeout ${FINISHING_SECONDS}s;

events {
  worker_connections 4096;
}

http {
  server_tokens off;
  # The gateway notes every request.
  access_log off;
  # An answer of its own has the type that it says, whatever it was asked for.
  types {}
  # The root file system cannot be written to.
  client_body_temp_path ${FILES}/uploads;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;
  proxy_cache_path /tmp/assets keys_zone=assets:1m max_size=64m inactive=7d use_temp_path=off;

  # Longer than the gateway keeps a connection, so that it never sends a request into one that ends.
  keepalive_timeout 65m;
  keepalive_requests 100000;
  large_client_header_buffers 4 16k;

  # The rightmost address that is none of ours: what a client claims stands left of it.
${trusted.map((addresses) => `  set_real_ip_from ${addresses};`).join('\n')}
  real_ip_header X-Forwarded-For;
  real_ip_recursive on;

  limit_conn_zone $binary_remote_addr zone=addresses:10m;
  limit_conn addresses ${REQUESTS_PER_ADDRESS};
  limit_conn_status 429;
  limit_conn_log_level warn;

  upstream application {
    server 127.0.0.1:${PORTS.application};
    keepalive 32;
    # Shorter than Node.js keeps one (5 s).
    keepalive_timeout 4s;
  }

  proxy_http_version 1.1;
  proxy_connect_timeout 5s;
  # Answers wait in memory alone: the application is held back when a reader is slow.
  proxy_max_temp_file_size 0;
  proxy_buffer_size 16k;
  proxy_buffers 16 16k;

  server {
    listen ${PORTS.web} default_server;
    client_max_body_size ${SMALL_BODY}m;
    client_body_buffer_size 128k;
    proxy_read_timeout ${PAGE_SECONDS}s;
    ${ABOUT}
    proxy_set_header X-Handed-Back "";
    ${toReaders.lead}

    location / {
      ${COMPRESSED}
      proxy_pass http://application;
    }

    location /api/ {
      ${large}
      proxy_pass http://application;
    }

    # Files in parts: what has arrived when a connection breaks is to be kept, so it does not wait for the rest here.
    location ~ ^/api/v1/items/[0-9]+/uploads(/|$) {
      ${large}
      proxy_request_buffering off;
      proxy_pass http://application;
    }

    location /assets/ {
      ${COMPRESSED}
      # It was another request's.
      proxy_hide_header X-Request-Id;
      proxy_cache assets;
      proxy_cache_key $host$request_uri;
      proxy_cache_lock on;
      proxy_pass http://application;
    }

    location ~ ^${DOWNLOADS}/(?<object>[A-Za-z0-9/._-]+)$ {
      internal;
      ${said((header) => `set ${variable(header)} $upstream_http_${header.toLowerCase().replaceAll('-', '_')};`)}
      set $disposition $upstream_http_x_object_disposition;
      set $range $upstream_http_x_object_range;
      ${said((header) => `add_header ${header} ${variable(header)};`)}
      add_header Content-Disposition $disposition;
      add_header Accept-Ranges bytes;
      ${UNSAID.map((header) => `proxy_hide_header ${header};`).join('\n      ')}
      proxy_ignore_headers X-Accel-Redirect X-Accel-Expires X-Accel-Limit-Rate X-Accel-Buffering X-Accel-Charset;
      # Looked up again and again: its addresses change under a name that stays.
      resolver ${resolver} valid=30s ipv6=off;
      resolver_timeout ${OBJECTS_CONNECT}s;
      proxy_pass ${origin}/$object$is_args$args;
      proxy_connect_timeout ${OBJECTS_CONNECT}s;
      proxy_read_timeout ${OBJECTS_ANSWER}s;
      proxy_next_upstream_timeout ${OBJECTS_ANSWER}s;
      proxy_ssl_server_name on;
      proxy_ssl_name ${hostname};
      proxy_ssl_protocols TLSv1.2 TLSv1.3;
      proxy_ssl_verify on;
      proxy_ssl_verify_depth 4;
      proxy_ssl_trusted_certificate ${AUTHORITIES};
      # Nothing of the reader's is object storage's business but which bytes, and that the application has read.
      proxy_pass_request_headers off;
      proxy_pass_request_body off;
      proxy_set_header Host ${host};
      proxy_set_header Range $range;
      proxy_set_header Content-Length "";
      proxy_intercept_errors on;
      # The application tries as often as it is worth, and knows what to say; who comes from outside finds nothing.
      error_page 400 401 403 404 408 409 416 429 500 503 = @handed-back;
      # Nobody is there, or nobody answers: once is enough.
      error_page 502 504 = @page-502;
    }

    location @handed-back {
      ${ABOUT}
      proxy_set_header X-Handed-Back 1;
      # It has said so before, and of this it says the same.
      proxy_hide_header Cache-Control;
      proxy_pass http://application$request_uri;
    }

    ${toPrograms.locations}

    ${toReaders.locations}
  }

  # Whether it works: for its probes.
  server {
    listen ${PORTS.nginx};
    location = /healthz {
      return 204;
    }
    location / {
      return 404;
    }
  }
}
`
}
