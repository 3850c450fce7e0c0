import { Alert, Drawer, Skeleton, Switch, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/components/ErrorState';
import { isLost } from '@/lib/query';
import { useReconciliation } from '../api/reconciliations';
import { Variances } from './Variances';

/** One comparison: the sums, then where the difference is. */
export function Report({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { t } = useTranslation('reconciliation');
  const report = useReconciliation(id);
  const [alerts, setAlerts] = useState(false);
  const { data } = report;
  return (
    <Drawer open={id !== undefined} onClose={onClose} size={1000} title={data?.name ?? t('report')} destroyOnHidden>
      {isLost(report) && <ErrorState error={report.error} retry={() => void report.refetch()} />}
      {report.isPending && id !== undefined && <Skeleton active />}
      {data !== undefined && (
        <>
          <Alert type={data.alert ? 'error' : 'success'} showIcon title={t(data.alert ? 'below' : 'above')} style={{ marginBottom: 12 }} />
          <Typography.Paragraph type="secondary">{t('oursAndTheirs')}</Typography.Paragraph>
          <Variances lines={data.totals} label={t('totals')} />
          <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, justifyContent: 'space-between', margin: '20px 0 10px' }}>
            <Typography.Title level={3} style={{ margin: 0, fontSize: 15 }}>
              {t('lines')}
            </Typography.Title>
            <label>
              <Switch size="small" checked={alerts} onChange={setAlerts} /> {t('onlyAlerts')}
            </label>
          </div>
          <Variances lines={alerts ? data.lines.filter(({ alert }) => alert) : data.lines} label={t('lines')} />
        </>
      )}
    </Drawer>
  );
}
