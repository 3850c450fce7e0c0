import { App } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmByName } from './ConfirmByName';
import { useErrorText } from './ErrorState';

interface Props<T> {
  /** What is to go; null while nothing is. */
  of: T | null;
  nameOf: (it: T) => string;
  title: string;
  consequence: ReactNode;
  /** The button's word and what is said when it is done, where it is not called deleting. */
  action?: string;
  done?: string;
  busy: boolean;
  onDelete: (it: T, then: { onSuccess: () => void; onError: (error: unknown) => void }) => void;
  onClose: () => void;
}

/** Asks for the name of what is to go, deletes it, and says how that went. */
export function DeleteByName<T>({ of, nameOf, title, consequence, action, done, busy, onDelete, onClose }: Props<T>) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const textOf = useErrorText();
  return (
    <ConfirmByName
      open={of !== null}
      title={title}
      consequence={consequence}
      name={of === null ? '' : nameOf(of)}
      action={action ?? t('action.delete')}
      busy={busy}
      onCancel={onClose}
      onConfirm={() =>
        of !== null &&
        onDelete(of, {
          onSuccess: () => {
            message.success(done ?? t('state.deleted'));
            onClose();
          },
          onError: (error) => message.error(textOf(error)),
        })
      }
    />
  );
}
