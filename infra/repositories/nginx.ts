import { FILES, PORTS } from './configuration.ts'
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

/** What nginx itself has to say to programs, as problem details (RFC 9457). */
const PROBLEMS = [
  [413, 'Too large', 'No institution here may send so much at a time.'],
  [429, 'Too many requests', 'Too many requests of this address are under way. Please wait until one has ended.'],
  [502, 'Unavailable', 'This repository is unavailable just now. Please try again in a few minutes.'],
  [504, 'Took too long', 'This request took too long.'],
] as const

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
 * slow sender holds nothing but a file; keeps what never changes; hands downloads to object storage (`X-Accel-Redirect:
 * /_objects/<bucket>/<key>?<signature>`); and limits what one address may ask at a time. What is served, to whom and
 * from which host is for the application to say.
 */
export function nginxConfiguration({
  upload,
  objects,
  trusted,
  vcpu,
  resolver = 'kube-dns.kube-system.svc.cluster.local',
}: NginxArgs): string {
  const { host, origin } = new URL(objects)
  const program = PROBLEMS.map(([status]) => `error_page ${status} @${status};`).join('\n      ')
  const answers = PROBLEMS.map(([status, title, detail]) => {
    const problem = JSON.stringify({ type: 'about:blank', title, status, detail })
    return `location @${status} {
      default_type application/problem+json;
      return ${status} '${problem}';
    }`
  }).join('\n    ')

  const large = [
    `client_max_body_size ${Math.ceil(upload * 1024)}m;`,
    '# Records are dealt with as they are read, and an archive is looked through before its first answer.',
    `proxy_read_timeout ${LONG_SECONDS}s;`,
    `proxy_send_timeout ${LONG_SECONDS}s;`,
    program,
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
    proxy_set_header Host $host;
    proxy_set_header Connection "";
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Proto https;

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
      proxy_cache assets;
      proxy_cache_key $host$request_uri;
      proxy_cache_lock on;
      proxy_pass http://application;
    }

    location ~ ^/_objects/(?<object>[A-Za-z0-9/._-]+)$ {
      internal;
      # What the application said before it handed the download over.
      set $policy $upstream_http_content_security_policy;
      set $sniffing $upstream_http_x_content_type_options;
      add_header Content-Security-Policy $policy;
      add_header X-Content-Type-Options $sniffing;
      resolver ${resolver} valid=30s ipv6=off;
      proxy_pass ${origin}/$object$is_args$args;
      proxy_ssl_server_name on;
      proxy_ssl_name ${host};
      proxy_ssl_verify on;
      proxy_ssl_verify_depth 4;
      proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;
      # Nothing of the reader's is object storage's business but which bytes.
      proxy_pass_request_headers off;
      proxy_pass_request_body off;
      proxy_set_header Host ${host};
      proxy_set_header Range $http_range;
      proxy_set_header Content-Length "";
      proxy_intercept_errors on;
      error_page 400 401 403 500 503 = @failed;
      error_page 404 = @missing;
    }

    location @failed {
      return 502;
    }

    location @missing {
      return 404;
    }

    ${answers}
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
