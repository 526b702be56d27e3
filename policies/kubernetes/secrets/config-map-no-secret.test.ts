import { core } from '@pulumi/kubernetes'
import { cases, declared, secret, UNKNOWN } from '../../../test/support/rule.ts'
import rule from './config-map-no-secret.ts'

const map = (data?: unknown, binaryData?: unknown) => declared(core.v1.ConfigMap, 'settings', { data, binaryData })
const base64 = (text: string) => Buffer.from(text).toString('base64')

cases(rule, {
  passes: {
    'an empty one': map(),
    settings: map({ 'app.conf': 'language = ja\npassword_file = /etc/shop/password', LANG: 'ja' }),
    'the name of a Secret': map({ WEBHOOK_CERT_SECRET: 'webhook-cert', 'app.yaml': 'existingSecret: my-db' }),
    'a certificate': map(
      { 'authority.crt': '-----BEGIN CERTIFICATE-----' },
      { ca: base64('-----BEGIN CERTIFICATE-----') },
    ),
    'a program that works with secrets': map({ 'login.py': 'password = read(path)', 'run.sh': 'secret=$1 token=abc' }),
    'a Secret': declared(core.v1.Secret, 'settings', { stringData: { password: 'hunter2' } }),
  },
  breaks: {
    'a key that names a secret': [
      map({ LANG: 'ja', DB_PASSWORD: secret('hunter2') }),
      'settings: data["DB_PASSWORD"] holds a secret by its name; write it into a Secret.',
    ],
    'a setting of a file': [
      map({ 'app.conf': secret('language = ja\ndb.password = hunter2') }),
      'settings: data["app.conf"] holds the value of db.password; write it into a Secret.',
    ],
    'a private key': [
      map({ 'tls.pem': '-----BEGIN EC PRIVATE KEY-----' }),
      'settings: data["tls.pem"] holds a private key; write it into a Secret.',
    ],
    'a private key in bytes': [
      map({}, { tls: base64('-----BEGIN PRIVATE KEY-----') }),
      /binaryData\["tls"\] holds a private/,
    ],
    'a password in the address of a program': [map({ 'run.sh': 'curl https://me:hunter2@shop.example' }), /an address/],
    several: [map({ PASSWORD: 'x', TOKEN: 'y' }), /PASSWORD/, /TOKEN/],
    'a text that nobody knows yet': [map({ one: UNKNOWN }), /^Could not be judged: settings: data.one is not known/],
    'texts of which nobody knows even the names': [map(UNKNOWN), /^Could not be judged: settings: data is not known/],
  },
})
