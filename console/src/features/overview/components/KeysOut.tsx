import { Link } from '@tanstack/react-router';
import { Card, Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { KeyState, useKeyReason } from '@/components/KeyState';
import { useFormat } from '@/lib/format';
import { isLost } from '@/lib/query';
import { useKeysOut } from '../api/useKeysOut';

/** Provider keys that are out: which, why, since and until when. */
export function KeysOut() {
  const { t } = useTranslation('overview');
  const format = useFormat();
  const reasonOf = useKeyReason();
  const keys = useKeysOut();
  return (
    <Card size="small" title={t('keysOut')} extra={<Link to="/admin/models">{t('all')}</Link>}>
      {keys.isPending && <Skeleton active title={false} />}
      {isLost(keys) && <ErrorState error={keys.error} retry={() => void keys.refetch()} />}
      {keys.data?.length === 0 && <EmptyState title={t('allKeysWell')} />}
      <ul className="overview-rank">
        {keys.data?.map(({ model, key }) => (
          <li key={key.id}>
            <div className="overview-row">
              <Link to="/admin/models/$id" params={{ id: model.id }}>
                {model.model_id}
              </Link>
              <span className="overview-key">
                <Typography.Text code>…{key.hint}</Typography.Text>
                <KeyState health={key.health} />
              </span>
            </div>
            <Typography.Text type="secondary" className="overview-note break-anywhere">
              {[reasonOf(key.health), t('since', { when: format.relative(key.health.since) }), key.health.until !== null && t('until', { when: format.relative(key.health.until) })]
                .filter((part) => typeof part === 'string' && part !== '')
                .join(' · ')}
            </Typography.Text>
          </li>
        ))}
      </ul>
    </Card>
  );
}
