import { Alert, Button, Form, Input, Select, Space, Table, Tag } from 'antd';
import { SearchOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '@/components/ErrorState';
import { useFormat } from '@/lib/format';
import { useBulkCreate, type BulkResults } from '../api/bulk';
import type { Connection, Discovery, FoundModel } from '../api/discover';
import { EXAMPLES } from '../form/values';
import { creationOf, firstChoice, lacksOutput, matches, MOST_AT_ONCE, typedModel, USUAL_OUTPUT } from '../start/plan';
import { TokensInput } from './TokensInput';

interface Props {
  connection: Connection;
  found: Discovery;
  onAdded: (results: BulkResults, models: FoundModel[]) => void;
  onBack: () => void;
}

/** Which of the provider's models are to be offered here. */
export function ChooseStep({ connection, found, onAdded, onBack }: Props) {
  const { t } = useTranslation(['start', 'model', 'common']);
  const { count, money, milliseconds } = useFormat();
  const creating = useBulkCreate();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(() => firstChoice(found.data));
  const [named, setNamed] = useState<string[]>([]);
  const [output, setOutput] = useState<number | null>(USUAL_OUTPUT);
  const rows = found.data.filter((model) => matches(model.id, typed.trim()));
  const models = [...found.data.filter(({ id }) => chosen.includes(id)), ...named.map(typedModel)];

  const add = () => creating.mutate(creationOf(connection, models, output), { onSuccess: (results) => onAdded(results, models) });
  return (
    <>
      {found.ok && (
        <Alert type="success" showIcon title={t('choose.connected', { count: found.data.length, time: milliseconds(found.latency_ms) })} style={{ marginBottom: 16 }} />
      )}
      {creating.isError && <ErrorState error={creating.error} />}
      {found.data.length > 0 ? (
        <>
          <div className="filters">
            <Input
              allowClear
              prefix={<SearchOutlined aria-hidden />}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              placeholder={t('choose.search')}
              aria-label={t('choose.search')}
              style={{ width: 260, maxWidth: '100%' }}
            />
            <Button onClick={() => setChosen(rows.filter((model) => model.llm_model_id === null).map(({ id }) => id))}>{t('choose.all')}</Button>
            <Button onClick={() => setChosen([])}>{t('choose.none')}</Button>
          </div>
          <Table<FoundModel>
            size="small"
            rowKey="id"
            dataSource={rows}
            scroll={{ x: 640 }}
            pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
            rowSelection={{
              selectedRowKeys: chosen,
              preserveSelectedRowKeys: true,
              onChange: (keys) => setChosen(keys.map(String)),
              getCheckboxProps: (model) => ({ disabled: model.llm_model_id !== null, 'aria-label': t('choose.one', { id: model.id }) }),
            }}
            columns={[
              {
                key: 'id',
                title: t('choose.model'),
                render: (_, model) => (
                  <>
                    <code className="break-anywhere">{model.id}</code> {model.llm_model_id !== null && <Tag>{t('choose.here')}</Tag>}
                  </>
                ),
              },
              { key: 'type', title: t('model:column.type'), render: (_, model) => t(`model:type.${model.type}`) },
              { key: 'context', title: t('model:form.contextWindow'), align: 'right', render: (_, model) => <span className="numbers">{count(model.context_window)}</span> },
              {
                key: 'output',
                title: t('model:form.maxTokens'),
                align: 'right',
                render: (_, model) => <span className="numbers">{lacksOutput(model) && chosen.includes(model.id) ? count(output) : count(model.max_tokens)}</span>,
              },
              {
                key: 'price',
                title: t('choose.price'),
                align: 'right',
                render: (_, { price }) => (
                  <span className="numbers">{price === null ? t('choose.noPrice') : `${money(price.rates.input, price.currency)} / ${money(price.rates.output, price.currency)}`}</span>
                ),
              },
            ]}
          />
        </>
      ) : (
        <label>
          <p>{t('choose.typeModels')}</p>
          <Select mode="tags" open={false} suffixIcon={null} value={named} onChange={setNamed} tokenSeparators={[',', ' ', '，']} placeholder={EXAMPLES.modelId} aria-label={t('choose.typeModels')} style={{ width: '100%' }} />
        </label>
      )}
      {models.some(lacksOutput) && (
        <Form layout="vertical" className="start-output">
          <Form.Item label={t('choose.output')} htmlFor="start-output" extra={t('choose.outputHelp')}>
            <TokensInput id="start-output" value={output} onChange={setOutput} placeholder={t('model:form.noLimit')} />
          </Form.Item>
        </Form>
      )}
      <Space wrap style={{ marginTop: 16 }}>
        <Button type="primary" disabled={models.length === 0 || models.length > MOST_AT_ONCE} loading={creating.isPending} onClick={add}>
          {t('choose.add', { count: models.length })}
        </Button>
        <Button onClick={onBack}>{t('common:action.back')}</Button>
        {models.length > MOST_AT_ONCE && <span className="model-muted">{t('choose.tooMany', { most: MOST_AT_ONCE })}</span>}
      </Space>
    </>
  );
}
