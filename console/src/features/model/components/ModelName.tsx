import { EyeOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Model } from '../api/models';

/** What a model is called, what callers write, and what keeps it from being used or paid for. */
export function ModelName({ model }: { model: Model }) {
  const { t } = useTranslation('model');
  return (
    <div className="model-name">
      <div>
        <Link to="/admin/models/$id" params={{ id: model.id }} className="break-anywhere">
          {model.name}
        </Link>
        {model.supports_vision && (
          <Tooltip title={t('form.vision')}>
            <EyeOutlined aria-label={t('form.vision')} className="model-muted" />
          </Tooltip>
        )}
        {model.built_in && <Tag>{t('list.builtIn')}</Tag>}
        {model.status === 'inactive' && <Tag color="error">{t('status.inactive')}</Tag>}
        {model.warnings.map(({ code }) => (
          <Tooltip key={code} title={t(`warning.${code}Help`)}>
            <Tag color="warning">{t(`warning.${code}`)}</Tag>
          </Tooltip>
        ))}
      </div>
      <code className="model-muted break-anywhere">{model.model_id}</code>
    </div>
  );
}
