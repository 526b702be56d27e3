// Plain JavaScript: Pulumi's runner would compile a TypeScript file that it loads itself, instead of letting Node.js run it.
import './pack.ts'
