import { Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { UsageRecord } from '@/lib/ownRecords';

const COLOR: Record<UsageRecord['outcome'], string> = {
  completed: 'success',
  client_gone: 'default',
  failed: 'error',
  truncated: 'warning',
  rejected: 'error',
  not_sent: 'default',
  interrupted: 'warning',
};

/** How a call ended, in a word; more on hover. */
export function CallOutcome({ outcome }: { outcome: UsageRecord['outcome'] }) {
  const { t } = useTranslation('meter');
  return (
    <Tooltip title={t(`outcomeHelp.${outcome}`)}>
      <Tag color={COLOR[outcome]} style={{ marginInlineEnd: 0 }}>
        {t(`outcome.${outcome}`)}
      </Tag>
    </Tooltip>
  );
}

/** A mark where the tokens are not the provider's own, or nobody pays. */
export function BillingMark({ billing }: { billing: UsageRecord['billing'] }) {
  const { t } = useTranslation('meter');
  return billing === 'exact' ? null : (
    <Tooltip title={t(`billingHelp.${billing}`)}>
      <Tag color={billing === 'unknown' ? 'warning' : 'default'} style={{ marginInlineEnd: 0 }}>
        {t(`billing.${billing}`)}
      </Tag>
    </Tooltip>
  );
}
