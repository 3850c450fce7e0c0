import { EyeOutlined } from '@ant-design/icons';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CallableModel } from '@/lib/callableModels';

interface Props {
  models: CallableModel[];
  value: string;
  label: string;
  onChange: (model: string) => void;
}

/** The models that can talk, by provider; search finds name and id. */
export function ModelPicker({ models, value, label, onChange }: Props) {
  const { t } = useTranslation('chat');
  const gone = !models.some((model) => model.model_id === value);
  const providers = [...new Set(models.map((model) => model.provider))].sort();
  const options = providers.map((provider) => ({
    label: provider,
    title: provider,
    options: models
      .filter((model) => model.provider === provider)
      .map((model) => ({ value: model.model_id, label: model.name, search: `${model.name} ${model.model_id} ${provider}`.toLowerCase() })),
  }));
  return (
    <Select
      showSearch={{ filterOption: (typed, option) => option !== undefined && 'search' in option && String(option.search).includes(typed.toLowerCase()) }}
      value={value}
      onChange={onChange}
      options={options}
      aria-label={label}
      popupMatchSelectWidth={320}
      className="chat-picker"
      {...(gone ? { status: 'error' as const } : {})}
      optionRender={(option) => (
        <span className="chat-option">
          <span className="break-anywhere">
            {option.label}
            {option.label !== option.value && <small>{option.value}</small>}
          </span>
          {models.some((model) => model.model_id === option.value && model.supports_vision) && <EyeOutlined aria-label={t('vision')} />}
        </span>
      )}
    />
  );
}
