import tseslint from 'typescript-eslint';

/** Folders that only hand values on: no I/O, no clock, no environment. */
const pure = ['src/config-ini/**', 'src/converters/**', 'src/expression/**', 'src/graph-user/**', 'src/instance-field/**', 'src/mapping/**', 'src/plan/**', 'src/plan-file/**', 'src/report/**', 'src/rollback/**', 'src/suggest/**'];
const noActions = { group: ['@actions/*'], message: 'Only inputs/, main.ts and github/ talk to the runner.' };
const throughTheDoor = {
  regex: '\\.\\./(inputs|config|config-ini|converters|directory|expression|graph-user|instance-field|mapping|oomnitza|plan|plan-file|apply|report|rollback|suggest|github|http)/(?!index\\.ts$)',
  message: "Use the other room through its index.ts.",
};
const room = (...names) => names.map((name) => `**/${name}/index.ts`);

export default tseslint.config(
  { ignores: ['dist/', 'build/', 'node_modules/', 'coverage/', '*.js', 'demo-output/'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['src/**'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [noActions, throughTheDoor] }] },
  },
  {
    files: ['src/directory/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [noActions, throughTheDoor, { group: room('oomnitza', 'github', 'report', 'plan', 'apply'), message: 'The directory knows only Microsoft.' }] },
      ],
    },
  },
  {
    files: ['src/oomnitza/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [noActions, throughTheDoor, { group: room('directory', 'github', 'report'), message: 'The target knows only Oomnitza.' }] },
      ],
    },
  },
  {
    files: pure,
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            noActions,
            throughTheDoor,
            { group: room('http', 'github'), message: 'Pure rooms do no I/O.' },
            { group: ['node:fs*', 'node:http*', 'node:net', 'node:process', 'node:child_process', 'node:os'], message: 'Pure rooms do no I/O.' },
          ],
        },
      ],
      'no-restricted-globals': ['error', 'process', 'fetch', 'setTimeout', 'setInterval', 'performance'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Pure rooms read no clock.' },
        { object: 'Math', property: 'random', message: 'Pure rooms know no chance.' },
      ],
    },
  },
  {
    files: ['src/inputs/**', 'src/main.ts', 'src/index.ts', 'src/github/**'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [throughTheDoor] }] },
  },
);
