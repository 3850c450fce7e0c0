import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useEffect, useRef, useState } from 'react';

interface Props {
  value: string | undefined;
  onSearch: (value: string | undefined) => void;
  label: string;
  width?: number;
}

/** Searches while one types, a moment after the last letter. */
export function SearchInput({ value, onSearch, label, width = 260 }: Props) {
  const [typed, setTyped] = useState(value ?? '');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setTyped(value ?? ''), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const search = (text: string) => {
    clearTimeout(timer.current);
    if (text.trim() !== (value ?? '')) {
      onSearch(text.trim() === '' ? undefined : text.trim());
    }
  };
  return (
    <Input
      allowClear
      prefix={<SearchOutlined aria-hidden />}
      value={typed}
      placeholder={label}
      aria-label={label}
      maxLength={200}
      style={{ width, maxWidth: '100%' }}
      onChange={(event) => {
        const { value: text } = event.target;
        setTyped(text);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => search(text), 300);
      }}
      onPressEnter={() => search(typed)}
    />
  );
}
