import { CommentOutlined, EyeOutlined, SafetyOutlined } from '@ant-design/icons';
import { Button, Card, Tag, Tooltip, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/components/CopyButton';
import { LinkButton } from '@/components/LinkButton';
import type { CallableModel } from '@/lib/callableModels';
import { useFormat } from '@/lib/format';

/** One model: what it is, what it costs, and how to go on with it. */
export function ModelCard({ model, onDetails }: { model: CallableModel; onDetails: () => void }) {
  const { t } = useTranslation('square');
  const format = useFormat();
  const fact = (label: string, value: string) => (
    <div className="square-fact">
      <dt>{label}</dt>
      <dd className="numbers">{value}</dd>
    </div>
  );
  return (
    <Card className="square-card" role="article" aria-label={model.name}>
      <div className="square-head">
        <h2>
          <button type="button" className="square-name" onClick={onDetails}>
            {model.name}
          </button>
        </h2>
        <CopyButton text={model.model_id} label={t('copyId')} />
      </div>
      <Typography.Text type="secondary" className="break-anywhere square-id">
        {model.model_id}
      </Typography.Text>
      <div className="square-tags">
        <Tag>{model.provider}</Tag>
        <Tag>{t(`type.${model.type_code}`)}</Tag>
        {model.supports_vision && (
          <Tag icon={<EyeOutlined />} color="processing">
            {t('vision')}
          </Tag>
        )}
        {logsBodies(model) && (
          <Tooltip title={t('loggedHelp')}>
            <Tag icon={<SafetyOutlined />} color="warning">
              {t('logged')}
            </Tag>
          </Tooltip>
        )}
      </div>
      <Typography.Paragraph type="secondary" ellipsis={{ rows: 2, tooltip: model.description }} className="square-description">
        {model.description}
      </Typography.Paragraph>
      <dl className="square-facts">
        {fact(t('context'), format.compact(model.context_window))}
        {fact(t('maxOutput'), format.compact(model.max_tokens))}
        {fact(t('input'), format.money(model.input_price, model.currency))}
        {fact(t('output'), format.money(model.output_price, model.currency))}
      </dl>
      <div className="square-actions">
        <Button type="text" size="small" onClick={onDetails}>
          {t('details')}
        </Button>
        {model.type_code === 'text' && (
          <LinkButton to="/chat" search={{ model: model.model_id }} size="small" color="primary" variant="outlined" icon={<CommentOutlined />}>
            {t('try')}
          </LinkButton>
        )}
      </div>
    </Card>
  );
}

/** Whether what is said to the model is kept, in whole or masked. */
export function logsBodies(model: CallableModel): boolean {
  return model.bodies_logged !== 'off';
}
