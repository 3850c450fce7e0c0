import { Form, type FormInstance } from 'antd';
import { useCallback, useRef, useState } from 'react';
import { useErrorText } from '@/components/ErrorState';
import { asApiError } from '@/lib/errors';
import { fieldOf, type FieldPath } from './fieldErrors';
import { changedFields, isGiven } from './mapping';
import type { ModelValues } from './values';

/** Whether every field may be sent; else the first that may not is in view. */
export function validated(form: FormInstance<ModelValues>): Promise<boolean> {
  return form.validateFields().then(
    () => true,
    ({ errorFields }: { errorFields: { name: FieldPath }[] }) => {
      if (errorFields[0] !== undefined) {
        form.scrollToField(errorFields[0].name, { block: 'center', focus: true });
      }
      return false;
    },
  );
}

/** The form with what it began with: whether anything was changed, and where a refusal of the server belongs. */
export function useModelForm(initial: ModelValues) {
  const [form] = Form.useForm<ModelValues>();
  const [base, setBase] = useState(initial);
  const [dirty, setDirty] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const textOf = useErrorText();
  const clean = useRef(false);

  /** All values, those too whose field is not on the page now. */
  const read = useCallback((): ModelValues => ({ ...base, ...(form.getFieldsValue(true) as Partial<ModelValues>) }), [base, form]);

  const touched = useCallback(() => setDirty(changedFields(base, read()).length > 0), [base, read]);

  const begin = useCallback(
    (next: ModelValues, shown: ModelValues = next) => {
      setBase(next);
      form.setFieldsValue(shown);
      setDirty(changedFields(next, shown).length > 0);
      setFault(null);
    },
    [form],
  );

  /** Takes what changed on the server beside the form, for fields that nobody touched here. */
  const follow = useCallback(
    (change: Partial<ModelValues>) => {
      const names = (Object.keys(change) as (keyof ModelValues)[]).filter((name) => change[name] !== base[name]);
      if (names.length > 0 && names.every((name) => form.getFieldValue(name) === base[name] || form.getFieldValue(name) === undefined)) {
        form.setFieldsValue(change as never);
        setBase({ ...base, ...change });
      }
    },
    [base, form],
  );

  const refuse = useCallback(
    (error: unknown) => {
      const values = read();
      const path = fieldOf(asApiError(error), values, (line) => {
        const key = values.api_keys[line];
        return key !== undefined && isGiven(key);
      });
      if (path === null) {
        setFault(error);
        document.getElementById('content')?.scrollIntoView();
      } else {
        setFault(null);
        form.setFields([{ name: path as never, errors: [textOf(error)] }]);
        form.scrollToField(path, { block: 'center', focus: true });
      }
    },
    [form, read, textOf],
  );

  /** Saved or given up: the page may be left. */
  const release = useCallback(() => {
    clean.current = true;
  }, []);
  const isDirty = useCallback(() => dirty && !clean.current, [dirty]);

  return { form, base, dirty, fault, read, touched, begin, follow, refuse, release, isDirty };
}
