import { Form, Modal, type FormInstance } from 'antd';
import { useEffect, useLayoutEffect, type ReactNode } from 'react';
import { ErrorState, useErrorText } from '@/components/ErrorState';
import { asApiError } from '@/lib/errors';
import { onField } from '@/lib/fieldErrors';
import { UnsavedGuard } from './UnsavedGuard';

interface Props<V extends object> {
  open: boolean;
  title: string;
  action: string;
  busy: boolean;
  error: unknown;
  form: FormInstance<V>;
  initial: Partial<V>;
  /** Fields that a refusal of the server can name. */
  fields: readonly (keyof V & string)[];
  onSubmit: (values: V) => void;
  onCancel: () => void;
  children: ReactNode;
  width?: number;
}

/** A form in a dialog; what the server refuses stands at the field that it names, or above the form. */
export function FormModal<V extends object>({ open, title, action, busy, error, form, initial, fields, onSubmit, onCancel, children, width = 520 }: Props<V>) {
  const textOf = useErrorText();
  const refused = error !== null && error !== undefined;
  const param = refused ? asApiError(error).param?.split(/[.[]/)[0] : undefined;
  const placed = fields.some((name) => name === param);

  useEffect(() => {
    if (refused) {
      onField(error, fields, textOf, form as unknown as Parameters<typeof onField>[3]);
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each refusal
  }, [error]);

  return (
    <Modal
      open={open}
      title={title}
      okText={action}
      okButtonProps={{ loading: busy }}
      onOk={() => form.submit()}
      onCancel={onCancel}
      width={width}
      mask={{ closable: false }}
      destroyOnHidden
    >
      <UnsavedGuard dialog isDirty={() => form.isFieldsTouched()} />
      <Form<V> form={form} layout="vertical" preserve={false} requiredMark={false} initialValues={initial} onFinish={onSubmit}>
        <Afresh open={open} reset={() => form.resetFields()} />
        {refused && !placed && (
          <Form.Item>
            <ErrorState error={error} />
          </Form.Item>
        )}
        {children}
      </Form>
    </Modal>
  );
}

/** Every time the dialog opens it begins with its initial values: the form would keep what was in it for another row, or for a new one. */
function Afresh({ open, reset }: { open: boolean; reset: () => void }) {
  useLayoutEffect(() => {
    if (open) {
      reset();
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each opening
  }, [open]);
  return null;
}
