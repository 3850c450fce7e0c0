import { Card, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format';
import type { PriceVersion } from '@/lib/prices';
import { RateCardTable } from './RateCardTable';

/** The history of a price: what held when, and who or what said so. */
export function PriceVersions({ versions }: { versions: PriceVersion[] }) {
  const { t } = useTranslation('ratecard');
  const { time } = useFormat();
  const now = Date.now();
  return (
    <div style={{ display: 'grid', gap: 16 }}>
      {versions.map((version) => (
        <Card
          key={version.price_version}
          size="small"
          className="card-wraps"
          title={
            <>
              {t('version', { number: version.price_version })}{' '}
              {version.in_force ? <Tag color="success">{t('inForce')}</Tag> : <Tag>{t(new Date(version.effective_from).getTime() > now ? 'upcoming' : 'past')}</Tag>}
            </>
          }
          extra={<span className="numbers">{t('since', { time: time(version.effective_from) })}</span>}
        >
          {version.price === null ? <Typography.Text type="secondary">{t('notPriced')}</Typography.Text> : <RateCardTable card={version.price} />}
          <Typography.Paragraph type="secondary" className="break-anywhere" style={{ margin: '8px 0 0' }}>
            {t(`source.${version.source}`)}
            {version.source_name !== '' && ` · ${version.source_name}`}
            {version.source_date !== null && ` · ${version.source_date}`}
            {version.note !== '' && ` · ${version.note}`}
          </Typography.Paragraph>
        </Card>
      ))}
    </div>
  );
}
