import { fc } from './property.ts'

/** Text that has broken programs before. */
export const AWKWARD = [
  ...[
    '',
    '0',
    '-1',
    '1',
    '2',
    '00',
    '1e3',
    '0x10',
    ' 1',
    '1.5',
    '999999999',
    '2147483648',
    '-2147483649',
    '1'.repeat(400),
  ],
  ...['9007199254740993', '9223372036854775808', 'NaN', 'Infinity', 'null', 'undefined', 'true', '[]', '{}'],
  ...[
    '%',
    '%00',
    '%2e%2e',
    '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '..%2f',
    '%ff',
    '%c0%af',
    '%ed%a0%80',
    '%zz',
    '%u0041',
    '%25',
  ],
  ...['..', '.', '//', '\\', '/', '?', '#', ';', '&', '+', '=', ':', '@', '*', '~', '|'],
  ...[
    '\u0000',
    '\u0001',
    '\u001b[31m',
    '\u007f',
    '\u0085',
    '\u2028',
    '\ud800',
    '\udfff',
    '\ufeff',
    '\ufffe',
    '\uffff',
    '\u202e',
  ],
  ...['𠮷', '💥', 'か\u3099', 'e\u0301', '\u{e0100}', '\u200b', 'ﬁ', 'İ', 'ß'],
  ...["'; drop table item; --", "' or 1=1 --", '$1', '%s', '\\x00', "E'\\\\'", '/* */', "'||pg_sleep(1)||'"],
  ...[
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='x",
    '</title><svg/onload=x>',
    '<!--',
    ']]>',
    '&amp;',
    '&#0;',
  ],
  ...['javascript:alert(1)', 'data:text/html,<script>', '{{7*7}}', 'https://x.example/"onclick="x'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'],
  ...['a'.repeat(3_000), 'あ'.repeat(300), '"'.repeat(500), '('.repeat(500), 'a b '.repeat(500), '-'.repeat(500)],
  ...['\r\nset-cookie: x=1', 'a\tb', ' ', '\n'],
]

export const awkward = fc.oneof(
  fc.constantFrom(...AWKWARD),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.tuple(fc.constantFrom(...AWKWARD), fc.constantFrom(...AWKWARD)).map((two) => two.join('')),
  fc.nat().map(String),
)

export const awkwardBytes = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  fc.constantFrom(
    ...['PK\u0005\u0006', 'PK\u0003\u0004\u0014', '\u001f\u008b\b', '\u00ff\u00fe<\u0000', '\u00ef\u00bb\u00bf{}'].map(
      (start) => new Uint8Array(Buffer.from(start.padEnd(40, '\0'), 'latin1')),
    ),
  ),
)

/** Whether text may stand in a request line as it is: the client at hand sends no other. */
export const isSendable = (text: string) => /^[\x21-\x7e]*$/.test(text)
