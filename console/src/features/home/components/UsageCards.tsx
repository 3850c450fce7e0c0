import { Card, Col, Row, Skeleton, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/components/ErrorState';
import { firstOfMonth, TIME_ZONE, today, tomorrow } from '@/lib/days';
import { useFormat } from '@/lib/format';
import { useOwnUsage, type OwnUsageLine } from '@/lib/ownUsage';
import { isLost } from '@/lib/query';
import './home.css';

/** Cost, tokens and calls of today and of this month; a line for each currency, which are never added up. */
export function UsageCards() {
  const { t } = useTranslation('home');
  const usage = useOwnUsage({ from: firstOfMonth(), to: tomorrow(), tz: TIME_ZONE, group_by: 'day' });
  if (isLost(usage)) {
    return <ErrorState error={usage.error} retry={() => void usage.refetch()} />;
  }
  const day = today();
  return (
    <Row gutter={[16, 16]} style={{ height: '100%' }}>
      <Col xs={24} sm={12}>
        <Period title={t('today')} lines={usage.data?.data.filter((line) => line.day === day)} />
      </Col>
      <Col xs={24} sm={12}>
        <Period title={t('month')} lines={usage.data?.totals} />
      </Col>
    </Row>
  );
}

function Period({ title, lines }: { title: string; lines: OwnUsageLine[] | undefined }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const sum = (pick: (line: OwnUsageLine) => number) => (lines ?? []).reduce((total, line) => total + pick(line), 0);
  return (
    <Card title={<h2 className="card-title">{title}</h2>} style={{ height: '100%' }}>
      {lines === undefined ? (
        <Skeleton active title={false} paragraph={{ rows: 2 }} />
      ) : (
        <>
          <div className="home-figure numbers">
            {lines.length === 0 ? format.money('0', null) : lines.map((line) => <div key={line.currency}>{format.money(line.cost, line.currency)}</div>)}
          </div>
          <Typography.Text type="secondary" className="numbers">
            {t('counts', { calls: format.count(sum((line) => line.requests)), tokens: format.compact(sum((line) => line.total_tokens)) })}
          </Typography.Text>
        </>
      )}
    </Card>
  );
}
