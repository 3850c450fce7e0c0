import { Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AuditLog } from '../api/auditLogs';

const COLOR = { done: 'success', refused: 'warning', failed: 'error' } as const;

export function Outcome({ log }: { log: AuditLog }) {
  const { t } = useTranslation('audit');
  return (
    <>
      <Tag color={COLOR[log.outcome]}>{t(`outcomes.${log.outcome}`)}</Tag>
      {log.detail !== null && <Typography.Text type="secondary">{log.detail}</Typography.Text>}
    </>
  );
}
