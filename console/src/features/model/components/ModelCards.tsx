import { Card, Checkbox, Descriptions, Pagination } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Model } from '../api/models';
import type { ModelSearch } from '../search';
import { KeysAtAGlance } from './KeysAtAGlance';
import { ModelMenu } from './ModelMenu';
import { ModelName } from './ModelName';
import { PriceCell } from './PriceCell';
import { StatusSwitch } from './StatusSwitch';
import { TestButton } from './TestButton';

interface Props {
  models: Model[];
  total: number;
  search: ModelSearch;
  chosen: string[];
  onChoose: (ids: string[]) => void;
  onChange: (change: { page?: number | undefined }) => void;
}

/** The list on a phone: what the table has, one model under the other. */
export function ModelCards({ models, total, search, chosen, onChoose, onChange }: Props) {
  const { t } = useTranslation('model');
  const toggle = (id: string) => onChoose(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]);
  return (
    <div className="model-cards">
      {models.map((model) => (
        <Card key={model.id} size="small">
          <div className="model-card-head">
            <Checkbox checked={chosen.includes(model.id)} onChange={() => toggle(model.id)} aria-label={t('list.choose', { name: model.name })} />
            <ModelName model={model} />
            <StatusSwitch model={model} />
          </div>
          <Descriptions
            size="small"
            column={1}
            items={[
              { key: 'provider', label: t('column.provider'), children: `${model.provider} · ${t(`type.${model.type_code}`)}` },
              { key: 'keys', label: t('column.keys'), children: <KeysAtAGlance model={model} /> },
              { key: 'price', label: t('column.price'), children: <PriceCell model={model} /> },
            ]}
          />
          <div className="model-actions">
            <TestButton id={model.id} name={model.name} />
            <ModelMenu model={model} />
          </div>
        </Card>
      ))}
      <Pagination simple current={search.page ?? 1} pageSize={search.page_size ?? 20} total={total} onChange={(page) => onChange({ page: page === 1 ? undefined : page })} hideOnSinglePage />
    </div>
  );
}
