/** Ports of clamd, and of the mirror of signatures. */
export const CLAMD = 3310
export const MIRROR = 8080

export const PLACES = {
  configuration: '/etc/kura-clamav',
  signatures: '/var/lib/clamav',
  /** Files while they are looked at, and what is unpacked from them. */
  files: '/var/lib/scanned',
}

/** Files that are looked at at a time. */
const THREADS = 4
/** MiB of a file that are looked at; of what is unpacked from it, twice as many. */
const LARGEST = 1024
/** The same in bytes: clamd refuses what is sent beyond, with an error. */
export const LARGEST_FILE = LARGEST * 2 ** 20

/** `clamd.conf`. */
export function clamd(): string {
  return lines({
    Foreground: 'yes',
    LogTime: 'yes',
    DatabaseDirectory: PLACES.signatures,
    TemporaryDirectory: PLACES.files,
    TCPSocket: CLAMD,
    TCPAddr: '0.0.0.0',
    MaxThreads: THREADS,
    MaxQueue: 4 * THREADS,
    // Seconds between two pieces of a file that is sent.
    ReadTimeout: 60,
    StreamMaxLength: `${LARGEST}M`,
    // One limit: of a single file in an archive that is larger than MaxFileSize it looks at the beginning and says
    // nothing, of more than MaxScanSize it says that it has not seen everything.
    MaxFileSize: `${2 * LARGEST}M`,
    MaxScanSize: `${2 * LARGEST}M`,
    // Milliseconds: a file made to keep it busy does not.
    MaxScanTime: 300_000,
    // By itself it passes what it has not looked into: too large, too much of it, or locked. It has to say so.
    AlertExceedsMax: 'yes',
    AlertEncrypted: 'yes',
    // It looks for new signatures this often (seconds), and drops the old ones before it loads them: both at once take
    // twice the memory.
    SelfCheck: 600,
    ConcurrentDatabaseReload: 'no',
    // Before it loads them it waits for threads that have nothing to do to end, which they do after so many seconds.
    IdleTimeout: 1,
  })
}

/** `freshclam.conf`: from a mirror of our own, or else from ClamAV's. */
export function freshclam(from?: string): string {
  return lines({
    DatabaseDirectory: PLACES.signatures,
    Foreground: 'yes',
    LogTime: 'yes',
    Checks: from === undefined ? 12 : 24,
    ConnectTimeout: 30,
    ReceiveTimeout: 600,
    ...(from === undefined
      ? { DatabaseMirror: 'database.clamav.net', TestDatabases: 'yes' }
      : // The mirror has tried them.
        { PrivateMirror: from, TestDatabases: 'no' }),
  })
}

/** nginx's configuration for the mirror: the databases, and nothing that is being written beside them. */
export function mirror(): string {
  return `daemon off;
worker_processes 1;
pid /tmp/nginx.pid;
error_log /dev/stderr warn;
events {}
http {
  access_log off;
  server_tokens off;
  client_body_temp_path /tmp/body;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;
  server {
    listen ${MIRROR};
    root ${PLACES.signatures};
    location / { return 404; }
    location ~ ^/(main|daily|bytecode)\\.(cvd|cld)$ { sendfile on; }
    location = /ready {
      if (-f $document_root/daily.cld) { return 204; }
      if (-f $document_root/daily.cvd) { return 204; }
      return 503;
    }
  }
}
`
}

function lines(settings: Record<string, string | number>): string {
  return Object.entries(settings)
    .map(([key, value]) => `${key} ${value}\n`)
    .join('')
}
