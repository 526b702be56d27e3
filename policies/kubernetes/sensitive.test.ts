import { describe, expect, it } from 'vitest'
import { holdsSecret, namesSecret, secretIn, secretOptionIn, secretSettingIn, writtenOut } from './sensitive.ts'

describe('namesSecret', () => {
  it.each([
    ...['PASSWORD', 'DB_PASSWORD', 'password', 'pool_passwd', 'db.pass', 'DB_PWD', 'KEY_PASSPHRASE', 'clientSecret'],
    ...['API_KEY', 'apiKey', 'api-key', 'AWS_SECRET_ACCESS_KEY', 'AZURE_ACCOUNT_KEY', 'private_key', 'ACCESS_TOKEN'],
    ...[
      'OCI_CLI_KEY_CONTENT',
      'SECRET_KEY_BASE',
      'REDIS_AUTH',
      'DBPASS',
      'PASSWORD_1',
      'token2',
      'GOOGLE_APPLICATION_CREDENTIALS',
      'BEARER',
    ],
  ])('takes %s', (name) => expect(namesSecret(name)).toBe(true))

  it.each([
    ...['PASSWORD_FILE', 'secretName', 'tokenEndpoint', 'MAX_TOKENS', 'SECRETS', 'PARTITION_KEY', 'PUBLIC_KEY'],
    ...['BYPASS', 'COMPASS', 'OAUTH', 'proxy_auth', 'server_tokens', 'PATH', ''],
  ])('leaves %s', (name) => expect(namesSecret(name)).toBe(false))
})

describe('holdsSecret', () => {
  it.each([
    ['CLIENT_SECRET', 'hunter2'],
    ['clientSecret', 'my-db'],
    ['WEBHOOK_SECRET', 'Hunter2'],
    ['WEBHOOK_SECRET', '9f86d081884c7d659a2feaa0c55ad015'],
    ['DB_PASSWORD', 'my-db'],
  ])('takes %s with %s', (name, value) => expect(holdsSecret(name, value)).toBe(true))

  it.each([
    ['WEBHOOK_CERT_SECRET', 'webhook-cert'],
    ['existingSecret', 'my-db.shop'],
    ['CLIENT_SECRET', '/etc/shop/secret'],
    ['LANG', 'ja'],
  ])('leaves %s with %s', (name, value) => expect(holdsSecret(name, value)).toBe(false))
})

describe('secretOptionIn', () => {
  it.each([
    ['--password=hunter2', 'password'],
    ['-api-key=abc=', 'api-key'],
  ])('finds one in %s', (argument, name) => expect(secretOptionIn(argument)).toBe(name))

  it.each(['--password', '--password=', '--password=$(PASSWORD)', '--password-file=/etc/x', '--lang=ja', 'password=x'])(
    'finds none in %s',
    (argument) => expect(secretOptionIn(argument)).toBeUndefined(),
  )
})

describe('secretIn', () => {
  it.each([
    ['-----BEGIN PRIVATE KEY-----', 'a private key'],
    ['x\n-----BEGIN RSA PRIVATE KEY-----\nMII', 'a private key'],
    ['-----BEGIN ENCRYPTED PRIVATE KEY-----', 'a private key'],
    ['-----BEGIN PGP PRIVATE KEY BLOCK-----', 'a private key'],
    ['postgres://shop:hunter2@db/shop', 'a password in an address'],
    ['redis://:hunter2@cache', 'a password in an address'],
    [`AKIA${'A'.repeat(16)}`, 'an access key'],
    [`ghp_${'a'.repeat(36)}`, 'a token'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl', 'a token'],
  ])('tells %j', (text, what) => expect(secretIn(text)).toBe(what))

  it.each([
    '-----BEGIN CERTIFICATE-----',
    '-----BEGIN PUBLIC KEY-----',
    'postgres://shop@db/shop',
    'https://shop.example:8443/a@b',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference, as configurations write it.
    'postgres://shop:${PASSWORD}@db/shop',
    'postgres://shop:$(PASSWORD)@db/shop',
    'amqp://shop:<password>@queue',
    'mailto:one@shop.example',
    '',
  ])('takes %j for none', (text) => expect(secretIn(text)).toBeUndefined())
})

describe('writtenOut', () => {
  it.each(['hunter2', '1234', 'p/w', 'truest'])('takes %s', (value) => expect(writtenOut(value)).toBe(true))
  it.each([
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference, as configurations write it.
    ...['', 'true', 'No', 'null', '/etc/shop/password', '~/password', '$PASSWORD', '$(PASSWORD)', '${PASSWORD}'],
    ...['{{ .password }}', '<from the vault>', '%PASSWORD%', '&anchor', '[]', '`cat file`', 'x-$(PASSWORD)'],
  ])('leaves %j', (value) => expect(writtenOut(value)).toBe(false))
})

describe('secretSettingIn', () => {
  it.each([
    ['a = 1\ndb.password = hunter2', 'db.password'],
    ['password: hunter2', 'password'],
    ['  - token: abc', 'token'],
    ['{\n  "clientSecret": "abc",\n}', 'clientSecret'],
    ["export PGPASSWORD='abc'", 'PGPASSWORD'],
    ['{"user":"shop","password":"a,b"}', 'password'],
    ['password = abc # never changed', 'password'],
    ['requirepass "x"\nmasterauth: y\napi_key = z;', 'api_key'],
  ])('finds one in %j', (text, name) => expect(secretSettingIn(text)).toBe(name))

  it.each([
    "pool_passwd = ''",
    'PGPASSWORD=$(<"$PASSWORD_FILE")',
    'credentials_file: /var/run/token',
    'token: /var/run/token',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference, as configurations write it.
    'password: ${DB_PASSWORD}',
    '"password": ""',
    'secretName: shop',
    'existingSecret: my-db',
    '# the password is elsewhere',
    'hostssl all all 0.0.0.0/0 password',
    'password:',
    'password:\n  from: vault',
    'password = "" # none',
    '{"password":"","user":"shop"}',
    '',
  ])('finds none in %j', (text) => expect(secretSettingIn(text)).toBeUndefined())
})
