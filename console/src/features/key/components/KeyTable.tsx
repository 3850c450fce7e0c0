import { Button, Space, Table, Tag, Tooltip, Typography, type TableProps } from 'antd';
import type { ColumnsType } from 'antd/es/table';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '@/components/LinkButton';
import { useFormat } from '@/lib/format';
import type { CallerKey } from '../api/keys';

const STATUS_COLOR: Record<CallerKey['status'], string> = { active: 'success', expired: 'warning', revoked: 'default' };
const SHOWN_MODELS = 3;

interface Props extends Pick<TableProps<CallerKey>, 'loading' | 'pagination' | 'locale'> {
  keys: CallerKey[];
  onEdit: (key: CallerKey) => void;
  onRevoke: (key: CallerKey) => void;
}

export function KeyTable({ keys, onEdit, onRevoke, ...rest }: Props) {
  const { t } = useTranslation('key');
  const format = useFormat();
  const columns: ColumnsType<CallerKey> = [
    {
      title: t('name'),
      dataIndex: 'name',
      render: (name: string, key) => (
        <div style={{ minWidth: 140 }}>
          <Typography.Text strong className="break-anywhere">
            {name}
          </Typography.Text>
          <div>
            <Typography.Text type="secondary" code>
              {key.hint}
            </Typography.Text>
          </div>
        </div>
      ),
    },
    { title: t('status'), dataIndex: 'status', width: 110, render: (status: CallerKey['status']) => <Tag color={STATUS_COLOR[status]}>{t(`statusOf.${status}`)}</Tag> },
    { title: t('models'), dataIndex: 'allowed_models', width: 280, render: (models: string[] | null) => <Models models={models} /> },
    {
      title: t('lastUsed'),
      dataIndex: 'last_used_at',
      width: 140,
      render: (iso: string | null) => (iso === null ? <Typography.Text type="secondary">{t('neverUsed')}</Typography.Text> : <span title={format.time(iso)}>{format.relative(iso)}</span>),
    },
    {
      title: t('expires'),
      dataIndex: 'expires_at',
      width: 160,
      render: (iso: string | null) => (iso === null ? <Typography.Text type="secondary">{t('never')}</Typography.Text> : <span title={format.time(iso)}>{format.date(iso)}</span>),
    },
    { title: t('createdAt'), dataIndex: 'created_at', width: 140, className: 'one-line', render: (iso: string) => <span title={format.time(iso)}>{format.date(iso)}</span> },
    {
      title: <span className="visually-hidden">{t('actions')}</span>,
      key: 'actions',
      width: 200,
      align: 'right',
      render: (_, key) => (
        <Space size={0}>
          <LinkButton to="/usage" search={{ key: key.id }} color="primary" variant="link" size="small" aria-label={t('usageOf', { name: key.name })}>
            {t('usage')}
          </LinkButton>
          {key.status !== 'revoked' && (
            <>
              <Button type="link" size="small" onClick={() => onEdit(key)}>
                {t('edit')}
              </Button>
              <Button type="link" size="small" danger onClick={() => onRevoke(key)}>
                {t('revoke')}
              </Button>
            </>
          )}
        </Space>
      ),
    },
  ];
  return <Table rowKey="id" columns={columns} dataSource={keys} {...(keys.length > 0 ? { scroll: { x: 1050 } } : {})} {...rest} />;
}

function Models({ models }: { models: string[] | null }) {
  const { t } = useTranslation('key');
  if (models === null) {
    return <Typography.Text type="secondary">{t('allModels')}</Typography.Text>;
  }
  return (
    <span className="key-models">
      {models.slice(0, SHOWN_MODELS).map((model) => (
        <Tag key={model} style={{ marginInlineEnd: 0, maxWidth: 240, overflow: 'hidden', textOverflow: 'ellipsis' }}>
          {model}
        </Tag>
      ))}
      {models.length > SHOWN_MODELS && (
        <Tooltip title={models.slice(SHOWN_MODELS).join(', ')}>
          <Tag style={{ marginInlineEnd: 0 }}>+{models.length - SHOWN_MODELS}</Tag>
        </Tooltip>
      )}
    </span>
  );
}
