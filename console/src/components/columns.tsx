import { Button, Flex, Space, Switch, Typography, type TableProps } from 'antd';
import type { ReactNode } from 'react';

type Column<T> = NonNullable<TableProps<T>['columns']>[number];

/** What a row is called, with what tells it from others beneath. */
export function nameColumn<T>(title: string, name: (row: T) => string, beneath: (row: T) => ReactNode): Column<T> {
  return {
    title,
    key: 'name',
    render: (_, row) => (
      <Flex vertical>
        <Typography.Text strong className="break-anywhere">
          {name(row)}
        </Typography.Text>
        <Typography.Text type="secondary" className="break-anywhere" style={{ fontSize: 13 }}>
          {beneath(row)}
        </Typography.Text>
      </Flex>
    ),
  };
}

/** Switches a row on and off in its place. */
export function switchColumn<T extends { id: string; enabled: boolean }>(title: string, label: (row: T) => string, busy: string | undefined, onSwitch: (row: T, enabled: boolean) => void): Column<T> {
  return {
    title,
    key: 'enabled',
    width: 90,
    render: (_, row) => <Switch checked={row.enabled} loading={busy === row.id} aria-label={label(row)} onChange={(enabled) => onSwitch(row, enabled)} />,
  };
}

export interface RowAction {
  label: string;
  danger?: boolean;
  busy?: boolean;
  onClick: () => void;
}

/** What can be done with a row; what destroys it stands last. */
export function actionsColumn<T>(title: string, width: number, actions: (row: T) => RowAction[]): Column<T> {
  return {
    title: <span className="visually-hidden">{title}</span>,
    key: 'actions',
    width,
    align: 'right',
    render: (_, row) => (
      <Space size={4}>
        {actions(row).map(({ label, danger = false, busy = false, onClick }) => (
          <Button key={label} size="small" {...(danger ? { danger, type: 'text' as const } : {})} loading={busy} onClick={onClick}>
            {label}
          </Button>
        ))}
      </Space>
    ),
  };
}
