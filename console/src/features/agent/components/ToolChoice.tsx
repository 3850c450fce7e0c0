import { Checkbox, Flex, Form, Switch, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';

/** The names of chosen tools with one more or one fewer. */
export function toggled(list: string[], name: string, on: boolean): string[] {
  return on ? [...list.filter((other) => other !== name), name] : list.filter((other) => other !== name);
}

/** Keeps a field of the form whose controls come and go with what is chosen: it shows nothing itself. */
export function KeptField({ name }: { name: string }) {
  return (
    <Form.Item name={name} noStyle>
      <Nothing />
    </Form.Item>
  );
}

function Nothing() {
  return null;
}

/** One of the switches that share a list; each follows in the event that moves it. */
function ApprovalSwitch({ list, id }: { list: string; id: string }) {
  const { t } = useTranslation('agent');
  const form = Form.useFormInstance();
  return (
    <label>
      <Form.Item
        name={list}
        noStyle
        getValueProps={(asking: string[] | undefined) => ({ checked: asking?.includes(id) ?? false })}
        getValueFromEvent={(on: boolean) => toggled((form.getFieldValue(list) as string[] | undefined) ?? [], id, on)}
      >
        <Switch size="small" id={`${list}-${id}`} />
      </Form.Item>{' '}
      <Typography.Text type="secondary">{t('askFirst')}</Typography.Text>
    </label>
  );
}

interface Props {
  id: string;
  label: string;
  help: string;
  on: boolean;
  onToggle: (on: boolean) => void;
  /** The field of the form with the tools that a person must allow each time. */
  approvals: string;
  /** Chosen with all others of its server. */
  covered?: boolean;
  /** Whether an administrator wants a person to be asked each time. */
  always?: boolean;
}

/** A tool to be chosen, and whether a person must allow each of its calls. */
export function ToolChoice({ id, label, help, on, onToggle, approvals, covered = false, always = false }: Props) {
  const { t } = useTranslation('agent');
  return (
    <Flex justify="space-between" gap="4px 16px" wrap>
      <Checkbox checked={on || covered} disabled={covered && !on} onChange={({ target }) => onToggle(target.checked)} style={{ flex: '1 1 260px', minWidth: 0 }}>
        <span className="break-anywhere">{label}</span>
        {help !== '' && (
          <Typography.Paragraph type="secondary" ellipsis={{ rows: 2, tooltip: { title: help, styles: { root: { maxWidth: 480 } } } }} style={{ fontSize: 13, margin: 0 }} className="break-anywhere">
            {help}
          </Typography.Paragraph>
        )}
      </Checkbox>
      {always ? <Tag style={{ marginInlineEnd: 0, alignSelf: 'start' }}>{t('mcp.alwaysAsks')}</Tag> : on && <ApprovalSwitch list={approvals} id={id} />}
    </Flex>
  );
}
