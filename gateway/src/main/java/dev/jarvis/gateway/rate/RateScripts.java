package dev.jarvis.gateway.rate;

import dev.jarvis.platform.redis.Script;

/**
 * What Redis does for rates. A subject has a hash: {@code r} and {@code t} are the requests and tokens of its last minute,
 * {@code s} the oldest second that may still count, {@code n} its latest moment, {@code g<second>} a granule as
 * {@code requests:tokens:latest}, {@code b} its birth and {@code p} how many places were taken; and a sorted set of what
 * runs, by when it stops counting unless it is renewed. Time is Redis' own, so the clocks of the nodes do not matter. All
 * keys share one hash tag: on a cluster they are in one slot, and one script sees all limits of a request.
 *
 * <p>{@code epoch} changes when Redis has lost what it had: the nodes then tell it what they remember. That one subject was
 * lost (evicted, deleted, overwritten) its birth tells: the moment its hash was made, in microseconds. A node that remembers
 * another one decides by itself until it has told what it knows. {@code born} names what was made lately, so that nodes
 * that are not asked about a subject hear of its loss too. Where there were places and the set is gone, the hash goes too:
 * one birth speaks for both.
 */
final class RateScripts {
    /**
     * Lets go of what is too old. A key of another type is somebody else's mistake: it goes. What is read of a minute is
     * read once and written once for the whole call, however many requests of one subject are in it.
     */
    private static final String COMMON = """
            local time = redis.call('TIME')
            local second = tonumber(time[1])
            local now = second * 1000 + math.floor(tonumber(time[2]) / 1000)

            local function whole(number)
                return string.format('%.0f', number)
            end

            local function granule(m, at)
                local known = m.granules[at]
                if known == nil then
                    local text = redis.call('HGET', m.key, 'g' .. whole(at))
                    known = false
                    if text then
                        local r, t, l = string.match(text, '^(-?%d+):(-?%d+):(%d+)$')
                        known = {r = tonumber(r), t = tonumber(t), l = tonumber(l)}
                    end
                    m.granules[at] = known
                end
                return known
            end

            local function minute(key)
                local h = redis.pcall('HMGET', key, 'r', 't', 's', 'n', 'b', 'p')
                local lost = h.err ~= nil
                if lost then
                    redis.call('DEL', key)
                    h = {}
                end
                local m = {
                    key = key, r = tonumber(h[1] or 0), t = tonumber(h[2] or 0), s = tonumber(h[3] or second),
                    n = tonumber(h[4] or 0), b = tonumber(h[5] or 0), p = tonumber(h[6] or 0), lost = lost,
                    granules = {}, written = {}
                }
                local from = m.s
                while m.s < second do
                    local g = granule(m, m.s)
                    if g then
                        if g.l > now - 60000 then
                            break
                        end
                        m.r = m.r - g.r
                        m.t = m.t - g.t
                        redis.call('HDEL', key, 'g' .. whole(m.s))
                        m.granules[m.s] = false
                    end
                    m.s = m.s + 1
                end
                m.changed = m.s ~= from
                if m.b == 0 then
                    m.b = second * 1000000 + tonumber(time[2])
                    m.changed = true
                    if type(redis.pcall('ZADD', KEYS[2], whole(m.b), key)) == 'table' then
                        redis.call('DEL', KEYS[2])
                        redis.call('ZADD', KEYS[2], whole(m.b), key)
                    end
                    redis.call('PEXPIRE', KEYS[2], 62000)
                end
                return m
            end

            local function write(m, at, g)
                m.granules[at] = g
                m.written[at] = true
                m.changed = true
            end

            local function keep(m)
                local fields = {
                    'r', whole(m.r), 't', whole(m.t), 's', whole(m.s), 'n', whole(m.n), 'b', whole(m.b), 'p', whole(m.p)
                }
                for at in pairs(m.written) do
                    local g = m.granules[at]
                    fields[#fields + 1] = 'g' .. whole(at)
                    fields[#fields + 1] = whole(g.r) .. ':' .. whole(g.t) .. ':' .. whole(g.l)
                end
                redis.call('HSET', m.key, unpack(fields))
                redis.call('PEXPIRE', m.key, m.p > 0 and 120000 or 62000)
            end

            local function add(m, at, requests, tokens, latest)
                local g = granule(m, at) or {r = 0, t = 0, l = 0}
                g.r = g.r + requests
                g.t = g.t + tokens
                g.l = math.max(g.l, latest)
                write(m, at, g)
                m.r = m.r + requests
                m.t = m.t + tokens
                m.s = math.min(m.s, at)
                m.n = math.max(m.n, latest)
            end
            """;

    private static final String EPOCH = """
            local epoch = redis.pcall('GET', KEYS[1])
            if type(epoch) == 'table' then
                redis.call('DEL', KEYS[1])
                epoch = false
            end
            if not epoch then
                epoch = ARGV[1]
                redis.call('SET', KEYS[1], epoch)
            end
            """;

    /**
     * Everything that the requests of a moment want: those that end are put right, then those that begin are taken, each
     * from all of its limits or from none, in their order. Keys: epoch, born, then the hash and the set of each subject.
     * Arguments: a new epoch, the number of ends, the number of beginnings; the birth of each subject that the node has
     * told of, 0 for none; of each end its id, the second it was counted in, how many tokens it took more than were set
     * aside, and its number of subjects with the place of each; of each beginning its id, its tokens, and its number of
     * limits with place, requests, tokens and concurrency of each, -1 for none. Answers {@code {epoch, second, how many
     * births are others than the node's}}, place and birth of each of them, then of each beginning {@code granted, number
     * of the worst limit, kind, wait} and of each of its limits requests, tokens, reset. Kind 5: not decided, for one of the
     * subjects was lost.
     */
    static final Script SERVE = Script.of(COMMON + """
            local minutes = {}
            local order = {}
            local born = {}
            local argument = 3 + #KEYS / 2

            local function take()
                argument = argument + 1
                return ARGV[argument - 1]
            end

            local function subject(place)
                local m = minutes[place]
                if not m then
                    local key, set = KEYS[2 * place + 1], KEYS[2 * place + 2]
                    m = minute(key)
                    if m.p > 0 and redis.call('TYPE', set).ok ~= 'zset' then
                        redis.call('DEL', key, set)
                        m = minute(key)
                        m.lost = true
                    end
                    m.set = set
                    minutes[place] = m
                    order[#order + 1] = m
                    local known = tonumber(ARGV[3 + place])
                    if known ~= m.b then
                        m.lost = m.lost or known ~= 0
                        born[#born + 1] = place
                        born[#born + 1] = m.b
                    end
                end
                return m
            end

            local function running(m)
                if not m.swept then
                    local swept = redis.pcall('ZREMRANGEBYSCORE', m.set, '-inf', whole(now))
                    if type(swept) == 'table' then
                        redis.call('DEL', m.set)
                    elseif swept > 0 then
                        m.placed = true
                    end
                    m.swept = true
                end
                return redis.call('ZCARD', m.set)
            end

            local function waited(m, field, needed)
                local freed = 0
                for at = m.s, second do
                    local g = granule(m, at)
                    if g then
                        freed = freed + g[field]
                        if freed >= needed then
                            return math.max(1, g.l + 60000 - now)
                        end
                    end
                end
                return 60000
            end
            """ + EPOCH + """
            for settled = 1, tonumber(ARGV[2]) do
                local id, at, more = take(), tonumber(take()), tonumber(take())
                for each = 1, tonumber(take()) do
                    local m = subject(tonumber(take()))
                    local g = more ~= 0 and granule(m, at)
                    if g then
                        local changed = math.max(-g.t, more)
                        g.t = g.t + changed
                        m.t = m.t + changed
                        write(m, at, g)
                    end
                    if redis.pcall('ZREM', m.set, id) == 1 then
                        m.placed = true
                    end
                end
            end

            local answers = {}
            for asked = 1, tonumber(ARGV[3]) do
                local id, tokens = take(), tonumber(take())
                local worst, kind, wait = 0, 0, -1

                local function short(number, what, millis)
                    if kind < 4 and (what >= 4 or millis > wait) then
                        worst, kind, wait = number, what, millis
                    end
                end

                local limits = {}
                for number = 1, tonumber(take()) do
                    local m = subject(tonumber(take()))
                    local requests, most, concurrent = tonumber(take()), tonumber(take()), tonumber(take())
                    limits[number] = {m = m, places = concurrent >= 0}
                    if m.lost then
                        short(number, 5, 0)
                    end
                    if most >= 0 and tokens > most then
                        short(number, 4, 0)
                    elseif most >= 0 and m.t + tokens > most then
                        short(number, 2, waited(m, 't', m.t + tokens - most))
                    end
                    if requests >= 0 and m.r + 1 > requests then
                        short(number, 1, waited(m, 'r', m.r + 1 - requests))
                    end
                    if concurrent >= 0 and running(m) >= concurrent then
                        short(number, 3, 1000)
                    end
                end
                answers[#answers + 1] = worst == 0 and 1 or 0
                answers[#answers + 1] = worst
                answers[#answers + 1] = kind
                answers[#answers + 1] = wait
                for number, limit in ipairs(limits) do
                    local m = limit.m
                    if worst == 0 then
                        add(m, second, 1, tokens, now)
                        if limit.places then
                            redis.call('ZADD', m.set, whole(now + 60000), id)
                            m.placed = true
                        end
                    end
                    answers[#answers + 1] = m.r
                    answers[#answers + 1] = m.t
                    answers[#answers + 1] = math.max(0, m.n + 60000 - now)
                end
            end

            for number, m in ipairs(order) do
                if m.placed then
                    m.p = redis.call('ZCARD', m.set)
                    m.changed = true
                    redis.call('PEXPIRE', m.set, 120000)
                end
                if m.changed then
                    keep(m)
                end
            end

            local answer = {epoch, second, #born / 2}
            for number, value in ipairs(born) do
                answer[#answer + 1] = value
            end
            for number, value in ipairs(answers) do
                answer[#answer + 1] = value
            end
            return answer
            """);

    /**
     * What runs still runs. Keys: hash and set of each; arguments: one id for each. A set that is gone although there were
     * places is a loss that the other nodes are to notice: it is not made anew as if it had only these.
     */
    static final Script RENEW = Script.of("""
            local time = redis.call('TIME')
            local ends = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000) + 60000)
            for place, id in ipairs(ARGV) do
                local key, set = KEYS[2 * place - 1], KEYS[2 * place]
                local places = redis.pcall('HGET', key, 'p')
                if type(places) == 'string' and tonumber(places) > 0 and redis.call('TYPE', set).ok ~= 'zset' then
                    redis.call('DEL', key, set)
                    places = false
                end
                if type(redis.pcall('ZADD', set, ends, id)) == 'number' then
                    redis.call('PEXPIRE', set, 120000)
                    if type(places) == 'string' then
                        redis.call('HSET', key, 'p', redis.call('ZCARD', set))
                        redis.call('PEXPIRE', key, 120000)
                    end
                end
            end
            return {}
            """);

    /**
     * What a node has counted by itself. Keys: epoch, born, then hashes; arguments: a new epoch, how many milliseconds the
     * node has not asked what was born, then age in milliseconds, requests, tokens and known birth for each hash. What was
     * told under a birth that is over is not added: the node is to tell all of it. Answers {@code {epoch}}, the birth of each
     * hash, then name and birth of each hash that was born meanwhile. Without hashes it finds out whether Redis is there,
     * may write, and remembers.
     */
    static final Script TELL = Script.of(COMMON + """
            local births = {}
            for place = 3, #KEYS do
                local at = 4 * place - 9
                local m = minute(KEYS[place])
                local known = tonumber(ARGV[at + 3])
                local latest = now - tonumber(ARGV[at])
                if latest > now - 60000 and (known == 0 or known == m.b) then
                    add(m, math.floor(latest / 1000), tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2]), latest)
                end
                if m.changed then
                    keep(m)
                end
                births[#births + 1] = m.b
            end
            """ + EPOCH + """
            redis.call('SET', KEYS[1], epoch)
            local micros = second * 1000000 + tonumber(time[2])
            redis.pcall('ZREMRANGEBYSCORE', KEYS[2], '-inf', whole(micros - 62000000))
            local heard = redis.pcall('ZRANGEBYSCORE', KEYS[2], whole(micros - 1000 * tonumber(ARGV[2])), '+inf', 'WITHSCORES')
            local answer = {epoch}
            for number, birth in ipairs(births) do
                answer[#answer + 1] = birth
            end
            for number, word in ipairs(heard) do
                answer[#answer + 1] = number % 2 == 1 and word or tonumber(word)
            end
            return answer
            """);

    private RateScripts() {}
}
