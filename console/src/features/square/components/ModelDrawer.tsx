import { Alert, Descriptions, Drawer, Space, Table, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/components/CopyButton';
import { LinkButton } from '@/components/LinkButton';
import type { CallableModel } from '@/lib/callableModels';
import { useFormat } from '@/lib/format';
import { priceTables } from '../prices';
import { logsBodies } from './ModelCard';

/** All of one model, with every price of its card. */
export function ModelDrawer({ model, onClose }: { model: CallableModel | undefined; onClose: () => void }) {
  return (
    <Drawer open={model !== undefined} onClose={onClose} size={520} title={model?.name} destroyOnHidden>
      {model !== undefined && <Details model={model} />}
    </Drawer>
  );
}

function Details({ model }: { model: CallableModel }) {
  const { t } = useTranslation('square');
  const format = useFormat();
  const tokens = (value: number | null) => (value === null ? t('unlimited') : t('tokens', { count: value, shown: format.count(value) }));
  return (
    <Space direction="vertical" size="large" style={{ width: '100%' }}>
      {model.description !== '' && <Typography.Paragraph style={{ marginBottom: 0 }}>{model.description}</Typography.Paragraph>}
      {logsBodies(model) && <Alert type="warning" showIcon title={t('loggedHelp')} />}
      <Descriptions
        size="small"
        column={1}
        bordered
        items={[
          {
            key: 'id',
            label: t('modelId'),
            children: (
              <Space wrap>
                <Typography.Text code className="break-anywhere">
                  {model.model_id}
                </Typography.Text>
                <CopyButton text={model.model_id} />
              </Space>
            ),
          },
          { key: 'provider', label: t('provider'), children: model.provider },
          { key: 'type', label: t('typeLabel'), children: model.type === '' ? t(`type.${model.type_code}`) : `${t(`type.${model.type_code}`)} · ${model.type}` },
          { key: 'vision', label: t('vision'), children: t(model.supports_vision ? 'yes' : 'no') },
          { key: 'context', label: t('context'), children: tokens(model.context_window) },
          { key: 'max', label: t('maxOutput'), children: tokens(model.max_tokens) },
        ]}
      />
      {model.price === null ? (
        <Typography.Text type="secondary">{t('notPriced')}</Typography.Text>
      ) : (
        priceTables(model.price).map(({ key, tier, unit, rows }) => (
          <Table
            key={key}
            size="small"
            pagination={false}
            rowKey="what"
            title={() => <strong>{tierTitle(tier)}</strong>}
            columns={[
              { title: t('priceOf'), dataIndex: 'what', render: (what: string) => t(`rate.${what}`) },
              { title: t(unit === 'million' ? 'perMillion' : 'perUnit'), dataIndex: 'amount', align: 'right', className: 'numbers', render: (amount: string) => format.money(amount, model.price?.currency, 9) },
            ]}
            dataSource={rows}
          />
        ))
      )}
      {model.type_code === 'text' && (
        <LinkButton to="/chat" search={{ model: model.model_id }} color="primary" variant="solid" block>
          {t('try')}
        </LinkButton>
      )}
    </Space>
  );

  function tierTitle(tier: { service_tier?: string; above_input_tokens?: number } | null): string {
    if (tier === null) {
      return t('prices');
    }
    const parts = [
      ...(tier.service_tier === undefined ? [] : [t('serviceTier', { tier: tier.service_tier })]),
      ...(tier.above_input_tokens === undefined ? [] : [t('above', { tokens: format.count(tier.above_input_tokens) })]),
    ];
    return parts.join(' · ');
  }
}
