package dev.jarvis.gateway.rate;

import dev.jarvis.platform.redis.Script;

/**
 * What Redis does for rates. A subject has a hash: {@code r} and {@code t} are the requests and tokens of its last minute,
 * {@code s} the oldest second that may still count, {@code n} its latest moment, {@code g<second>} a granule as
 * {@code requests:tokens:latest}; and a sorted set of what runs, by when it stops counting unless it is renewed. Time is
 * Redis' own, so the clocks of the nodes do not matter. All keys share one hash tag: on a cluster they are in one slot, and
 * one script sees all limits of a request.
 *
 * <p>{@code epoch} changes when Redis has lost what it had: the nodes then tell it what they remember.
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
                local h = redis.pcall('HMGET', key, 'r', 't', 's', 'n')
                local lost = h.err ~= nil
                if lost then
                    redis.call('DEL', key)
                    h = {false, false, false, false}
                end
                local m = {
                    key = key, r = tonumber(h[1] or 0), t = tonumber(h[2] or 0), s = tonumber(h[3] or second),
                    n = tonumber(h[4] or 0), lost = lost, granules = {}, written = {}
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
                return m
            end

            local function write(m, at, g)
                m.granules[at] = g
                m.written[at] = true
                m.changed = true
            end

            local function keep(m)
                local fields = {'r', whole(m.r), 't', whole(m.t), 's', whole(m.s), 'n', whole(m.n)}
                for at in pairs(m.written) do
                    local g = m.granules[at]
                    fields[#fields + 1] = 'g' .. whole(at)
                    fields[#fields + 1] = whole(g.r) .. ':' .. whole(g.t) .. ':' .. whole(g.l)
                end
                redis.call('HSET', m.key, unpack(fields))
                redis.call('PEXPIRE', m.key, 62000)
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
     * from all of its limits or from none, in their order. Keys: epoch, then the hash and the set of each subject.
     * Arguments: a new epoch, the number of ends, the number of beginnings; of each end its id, the second it was counted
     * in, how many tokens it took more than were set aside, and its number of subjects with the place of each; of each
     * beginning its id, its tokens, and its number of limits with place, requests, tokens and concurrency of each, -1 for
     * none. Answers {@code {epoch, second, how many keys were of a wrong type, their places}}, then of each
     * beginning {@code granted, number of the worst limit, kind, wait} and of each of its limits requests, tokens, reset.
     */
    static final Script SERVE = Script.of(COMMON + """
            local minutes = {}
            local order = {}
            local lost = {}
            local argument = 4

            local function take()
                argument = argument + 1
                return ARGV[argument - 1]
            end

            local function subject(place)
                local m = minutes[place]
                if not m then
                    m = minute(KEYS[2 * place])
                    m.set = KEYS[2 * place + 1]
                    minutes[place] = m
                    order[#order + 1] = m
                    if m.lost then
                        lost[#lost + 1] = place
                    end
                end
                return m
            end

            local function running(m)
                if not m.swept then
                    local swept = redis.pcall('ZREMRANGEBYSCORE', m.set, '-inf', whole(now))
                    if type(swept) == 'table' then
                        redis.call('DEL', m.set)
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
                    redis.pcall('ZREM', m.set, id)
                end
            end

            local answers = {}
            for asked = 1, tonumber(ARGV[3]) do
                local id, tokens = take(), tonumber(take())
                local worst, kind, wait = 0, 0, -1

                local function short(number, what, millis)
                    if kind ~= 4 and (what == 4 or millis > wait) then
                        worst, kind, wait = number, what, millis
                    end
                end

                local limits = {}
                for number = 1, tonumber(take()) do
                    local m = subject(tonumber(take()))
                    local requests, most, concurrent = tonumber(take()), tonumber(take()), tonumber(take())
                    limits[number] = {m = m, places = concurrent >= 0}
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
                if m.changed then
                    keep(m)
                end
                if m.placed then
                    redis.call('PEXPIRE', m.set, 120000)
                end
            end

            local answer = {epoch, second, #lost}
            for number, place in ipairs(lost) do
                answer[#answer + 1] = place
            end
            for number, value in ipairs(answers) do
                answer[#answer + 1] = value
            end
            return answer
            """);

    /** What runs still runs. Keys: sets; arguments: one id for each. */
    static final Script RENEW = Script.of(COMMON + """
            for place, set in ipairs(KEYS) do
                redis.pcall('ZADD', set, whole(now + 60000), ARGV[place])
                redis.pcall('PEXPIRE', set, 120000)
            end
            return {}
            """);

    /**
     * What a node has counted by itself. Keys: epoch, then hashes; arguments: a new epoch, then age in milliseconds, requests
     * and tokens for each hash. Answers {@code {epoch}}. Without hashes it finds out whether Redis is
     * there, may write, and remembers.
     */
    static final Script TELL = Script.of(COMMON + """
            for place = 2, #KEYS do
                local latest = now - tonumber(ARGV[3 * place - 4])
                if latest > now - 60000 then
                    local m = minute(KEYS[place])
                    add(m, math.floor(latest / 1000), tonumber(ARGV[3 * place - 3]), tonumber(ARGV[3 * place - 2]), latest)
                    keep(m)
                end
            end
            """ + EPOCH + """
            redis.call('SET', KEYS[1], epoch)
            return {epoch}
            """);

    private RateScripts() {}
}
