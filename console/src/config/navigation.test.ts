import { expect, it } from 'vitest';
import { itemOf } from './navigation';

it.each([
  ['/', 'home'],
  ['/agents/1/edit', 'agents'],
  ['/runs/1', 'agents'],
  ['/facts', 'agents'],
  ['/admin', 'overview'],
  ['/admin/start', 'adminModels'],
  ['/admin/models/1', 'adminModels'],
  ['/account', undefined],
])('%s belongs to %s', (path, label) => expect(itemOf(path)?.label).toBe(label));
