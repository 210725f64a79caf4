/** As in test/support/bash.ts: the shell that generated scripts are tried with. */
export const BASH = process.env.PROJEN_STACK_BASH ?? 'bash';
