import { DownOutlined, EditOutlined, PlusOutlined, ThunderboltOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';

/** The ways to a new model. */
export function AddModelButton() {
  const { t } = useTranslation('model');
  const navigate = useNavigate();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'preset', icon: <ThunderboltOutlined />, label: t('add.preset'), onClick: () => void navigate({ to: '/admin/start' }) },
          { key: 'hand', icon: <EditOutlined />, label: t('add.hand'), onClick: () => void navigate({ to: '/admin/models/new' }) },
        ],
      }}
    >
      <Button type="primary" icon={<PlusOutlined />}>
        {t('add.action')} <DownOutlined />
      </Button>
    </Dropdown>
  );
}
