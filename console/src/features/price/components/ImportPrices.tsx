import { App, Button, Card, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DropFile } from '@/components/DropFile';
import { ErrorState, useErrorText } from '@/components/ErrorState';
import { useImportPrices, type PriceList } from '../api/importPrices';
import { ImportResult } from './ImportResult';

/** The server reads at most this much. */
const MOST_BYTES = 8 * 1024 * 1024;

/** Takes prices from a list of others: first it shows the difference, then it waits for a yes. */
export function ImportPrices() {
  const { t } = useTranslation('price');
  const { message, modal } = App.useApp();
  const textOf = useErrorText();
  const importing = useImportPrices();
  const [list, setList] = useState<(PriceList & { name: string }) | null>(null);

  const look = (next: PriceList & { name: string }) => {
    setList(next);
    importing.mutate({ list: next, apply: false });
  };
  const read = async (file: File) => {
    if (file.size > MOST_BYTES) {
      message.error(t('import.tooLarge'));
      return;
    }
    look({ name: file.name, text: await file.text() });
  };
  const apply = async () => {
    const count = importing.data?.changed ?? 0;
    if (list !== null && (await modal.confirm({ title: t('import.confirm', { count }), content: t('import.confirmText'), okText: t('import.apply', { count }) }))) {
      importing.mutate({ list, apply: true }, { onSuccess: (done) => message.success(t('import.done', { count: done.changed })), onError: (error) => message.error(textOf(error)) });
    }
  };
  return (
    <>
      <Card style={{ marginBottom: 16 }}>
        <DropFile accept=".json,application/json" text={t('import.drop')} hint={t('import.hint')} onFile={(file) => void read(file)} />
        <Space style={{ marginTop: 12 }} wrap>
          <Button onClick={() => look({ name: t('tab.catalogue'), text: '{}', format: 'catalogue' })}>{t('import.catalogue')}</Button>
          <span className="price-muted">{t('import.kept')}</span>
        </Space>
      </Card>
      {importing.isError && <ErrorState error={importing.error} />}
      {importing.data !== undefined && (
        <ImportResult
          name={list?.name ?? ''}
          result={importing.data}
          action={
            importing.data.dry_run && importing.data.changed > 0 ? (
              <Button type="primary" loading={importing.isPending} onClick={() => void apply()}>
                {t('import.apply', { count: importing.data.changed })}
              </Button>
            ) : null
          }
        />
      )}
    </>
  );
}
