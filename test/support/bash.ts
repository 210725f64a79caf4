/** The shell that generated scripts are tried with: macOS still ships 3.2, and a test run can name one. */
export const BASH = process.env.PROJEN_STACK_BASH ?? 'bash';
