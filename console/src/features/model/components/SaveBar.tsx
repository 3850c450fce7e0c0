import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  dirty: boolean;
  busy: boolean;
  isNew: boolean;
  /** What stands beside the button: a test, as a rule. */
  extra?: ReactNode;
  onCancel: () => void;
}

/** Stays in view at the foot of a long form. */
export function SaveBar({ dirty, busy, isNew, extra, onCancel }: Props) {
  const { t } = useTranslation(['model', 'common']);
  return (
    <div className="model-save-bar">
      <span role="status" className="model-muted">
        {dirty ? t('form.unsaved') : ''}
      </span>
      {extra}
      <Button onClick={onCancel}>{t('common:action.cancel')}</Button>
      <Button type="primary" htmlType="submit" loading={busy} disabled={!isNew && !dirty}>
        {t(isNew ? 'form.create' : 'common:action.save')}
      </Button>
    </div>
  );
}
