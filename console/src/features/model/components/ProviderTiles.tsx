import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import type { ProviderPreset } from '../api/presets';
import { matches } from '../start/plan';

/** The known providers, and one for all others. */
export function ProviderTiles({ presets, onPick }: { presets: ProviderPreset[]; onPick: (preset: ProviderPreset | null) => void }) {
  const { t, i18n } = useTranslation('start');
  const [typed, setTyped] = useState('');
  const shown = presets.filter((preset) => matches(`${preset.name.en} ${preset.name.zh} ${preset.id} ${preset.base_url}`, typed.trim()));
  return (
    <>
      <Input
        allowClear
        autoFocus
        prefix={<SearchOutlined aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onPressEnter={() => shown.length === 1 && onPick(shown[0] ?? null)}
        placeholder={t('provider.search')}
        aria-label={t('provider.search')}
        style={{ maxWidth: 360, marginBottom: 16 }}
      />
      {shown.length === 0 && <EmptyState title={t('provider.none')} description={t('provider.noneText')} />}
      <ul className="start-tiles">
        {shown.map((preset) => (
          <li key={preset.id}>
            <Tile title={i18n.language === 'zh' ? preset.name.zh : preset.name.en} text={hostOf(preset.base_url)} onClick={() => onPick(preset)} />
          </li>
        ))}
        <li>
          <Tile title={t('provider.other')} text={t('provider.otherText')} onClick={() => onPick(null)} />
        </li>
      </ul>
    </>
  );
}

function Tile({ title, text, onClick }: { title: string; text: string; onClick: () => void }) {
  return (
    <button type="button" className="start-tile" onClick={onClick}>
      <span className="start-tile-mark" aria-hidden>
        {title.slice(0, 1).toUpperCase()}
      </span>
      <span className="start-tile-text">
        <strong>{title}</strong>
        <small>{text}</small>
      </span>
    </button>
  );
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
