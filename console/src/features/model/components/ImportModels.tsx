import { Alert, Modal, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DropFile } from '@/components/DropFile';
import { ErrorState, useErrorText } from '@/components/ErrorState';
import { useBulkCreate, type BulkModel } from '../api/bulk';
import { parseImport, withShared, type ImportFile } from '../importFile';

/** Adds the models of a file: first they are listed, then added one by one, each with its own result. */
export function ImportModels({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation(['model', 'common']);
  const textOf = useErrorText();
  const creating = useBulkCreate();
  const [file, setFile] = useState<ImportFile | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const results = creating.data;
  const rows = file === null ? [] : withShared(file).map((model, index) => ({ ...model, index }));

  const read = async (chosen: File) => {
    const parsed = parseImport(await chosen.text());
    creating.reset();
    setFile(parsed.ok ? parsed.file : null);
    setRefusal(parsed.ok ? null : parsed.reason);
  };
  const close = () => {
    setFile(null); // a file may hold keys
    setRefusal(null);
    creating.reset();
    onClose();
  };
  return (
    <Modal
      open={open}
      width={760}
      title={t('import.title')}
      onCancel={close}
      destroyOnHidden
      okText={results === undefined ? t('import.action', { count: rows.length }) : t('common:action.close')}
      okButtonProps={{ disabled: file === null, loading: creating.isPending }}
      cancelButtonProps={{ style: results === undefined ? {} : { display: 'none' } }}
      onOk={() => (results === undefined && file !== null ? creating.mutate(file) : close())}
    >
      {results === undefined && (
        <DropFile accept=".json,application/json" text={t('import.drop')} hint={t('import.hint')} onFile={(chosen) => void read(chosen)} />
      )}
      {refusal !== null && <Alert type="error" showIcon title={t(`import.refusal.${refusal}`)} style={{ marginTop: 12 }} />}
      {creating.isError && <ErrorState error={creating.error} />}
      {results !== undefined && (
        <Alert type={results.failed === 0 ? 'success' : 'warning'} showIcon title={t('import.result', { done: results.done, count: results.failed })} />
      )}
      {file !== null && (
        <Table<BulkModel & { index: number }>
          size="small"
          rowKey="index"
          dataSource={rows}
          pagination={{ pageSize: 10, hideOnSinglePage: true }}
          scroll={{ x: 560 }}
          style={{ marginTop: 12 }}
          columns={[
            { key: 'id', title: t('column.name'), render: (_, model) => <code className="break-anywhere">{String(model.model_id ?? '–')}</code> },
            { key: 'provider', title: t('column.provider'), render: (_, model) => String(model.provider ?? '–') },
            { key: 'url', title: t('field.base_url'), render: (_, model) => <span className="break-anywhere">{String(model.base_url ?? '–')}</span> },
            { key: 'keys', title: t('column.keys'), render: (_, model) => (Array.isArray(model.api_keys) ? model.api_keys.length : 0) },
            ...(results === undefined
              ? []
              : [
                  {
                    key: 'result',
                    title: t('import.outcome'),
                    render: (_: unknown, model: { index: number }) => {
                      const one = results.data[model.index];
                      return one?.ok === true ? <Tag color="success">{t('import.added')}</Tag> : <span className="break-anywhere">{textOf(one?.error)}</span>;
                    },
                  },
                ]),
          ]}
        />
      )}
    </Modal>
  );
}
