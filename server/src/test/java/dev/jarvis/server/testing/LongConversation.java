package dev.jarvis.server.testing;

import dev.jarvis.testkit.database.TestDatabase;

/** A conversation of more questions and answers than anybody would wait for. */
public final class LongConversation {
    private LongConversation() {}

    /**
     * Adds copies of the conversation's only turn, with its run and what that used, one after the other: {@code question n} and
     * {@code answer n}.
     */
    public static void prolong(TestDatabase database, String conversation, int turns) {
        String run = database.query("SELECT id FROM runs WHERE conversation_id = '" + conversation + "'")
                .getFirst();
        database.execute(
                """
                INSERT INTO messages (id, conversation_id, parent_id, role, text, run_id, created_at)
                SELECT md5('{c}' || n)::uuid, '{c}',
                       CASE n WHEN 1 THEN (SELECT head_id FROM conversations WHERE id = '{c}') ELSE md5('{c}' || n - 1)::uuid END,
                       CASE n % 2 WHEN 1 THEN 'user' ELSE 'assistant' END,
                       CASE n % 2 WHEN 1 THEN 'question ' || (n + 1) / 2 ELSE 'answer ' || n / 2 END,
                       CASE n % 2 WHEN 0 THEN md5('{c} run ' || n)::uuid END, now() + n * interval '1 millisecond'
                  FROM generate_series(1, 2 * {turns}) n;
                INSERT INTO runs
                SELECT (jsonb_populate_record(r, jsonb_build_object('id', md5('{c} run ' || n), 'root_run_id', md5('{c} run ' || n),
                           'message_id', md5('{c}' || n - 1), 'answer_id', md5('{c}' || n),
                           'created_at', now() + n * interval '1 millisecond'))).*
                  FROM runs r, generate_series(2, 2 * {turns}, 2) n WHERE r.id = '{run}';
                INSERT INTO run_steps
                SELECT (jsonb_populate_record(s, jsonb_build_object('run_id', md5('{c} run ' || n)))).*
                  FROM run_steps s, generate_series(2, 2 * {turns}, 2) n WHERE s.run_id = '{run}';
                UPDATE conversations SET head_id = md5('{c}' || 2 * {turns})::uuid WHERE id = '{c}';
                """.replace("{c}", conversation).replace("{run}", run).replace("{turns}", Integer.toString(turns)));
    }
}
