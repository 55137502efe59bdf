package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.facevalue.cli.SandboxCustomer;
import org.facevalue.platform.provider.Providers;
import org.facevalue.platform.wording.Wording;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMethod;
import tools.jackson.databind.JsonNode;

/**
 * Whatever a platform shows to nobody, to a customer and to the staff, in both languages: where Korea is served there is no provider, no rate and no
 * word of a conversion in it; where ZZ is, the same reader finds them all.
 */
class CrawlTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d.*?}");
    private static final int SHORTEST = 6;
    private static final String MESSAGES = "notification.";

    /** What the keys of an offer's wordings begin with, and of how many of these more have to be found where there are offers. */
    private static final Map<String, Integer> OFFERS =
            Map.of("quote.", 40, "cashout.", 40, "site.start.", 15);

    /** Keys among them that are no offer's alone: the ways out, the account and the start page without offers speak in these words, too. */
    private static final List<String> SHARED =
            List.of(
                    "cashout.done=",
                    "cashout.timeline=",
                    "quote.wish.account=",
                    "quote.wish.line=",
                    "site.start.one-tap=",
                    "site.start.one-tap.small=");

    /** What leads to an offer, or is named only where there is one. */
    private static final List<String> DOORS =
            List.of(
                    "action=\"/compare\"",
                    "/api/v1/quotes",
                    "/api/v1/comparison",
                    "effective_annual_cost",
                    "fee_bps",
                    "provider-suspended",
                    "quote-expired");

    @Test
    void a_platform_that_serves_korea_shows_no_provider_no_rate_and_no_conversion()
            throws Exception {
        var korea = World.korea();
        var customer = korea.customer("skt", "");
        assertThat(offers(korea, customer)).isEmpty();
        var waysOut = turns(new Undoer(korea, customer));
        var pages = new Crawler(korea, customer, false).read(waysOut, List.of());
        assertThat(pages.entrySet())
                .as("of a paper the words are read")
                .anyMatch(
                        page ->
                                page.getKey().endsWith("/request.pdf")
                                        && page.getValue().contains("결제 취소 요청서"));
        // Those of the turns that take weeks, and those in the other language.
        for (var language : Crawler.LANGUAGES)
            pages.put("messages in " + language, String.join("\n", messages(language)));
        assertThat(found(pages, signs(korea))).isEmpty();
    }

    @Test
    void the_same_reader_finds_them_all_where_they_are_permitted() throws Exception {
        var zz = World.get();
        var customer = zz.customer();
        var undoer = new Undoer(zz, customer);
        var asked = cancelled(undoer, 33_000);
        var offers = offers(zz, customer);
        var waysOut = List.of(undoer.until(asked, "UNDONE"));
        var signs = signs(zz);
        var found = found(new Crawler(zz, customer, true).read(waysOut, offers), signs);
        assertThat(found.keySet()).containsAll(signs.providers());
        assertThat(found.keySet()).containsAll(DOORS);
        for (var rate : signs.rates())
            for (var language : Crawler.LANGUAGES)
                assertThat(found.get(rate))
                        .as("%s in %s", rate, language)
                        .anyMatch(page -> page.startsWith("customer " + language + " "));
        for (var offer : OFFERS.entrySet()) {
            var words = signs.words().get(offer.getKey());
            assertThat(words.stream().filter(found::containsKey).count())
                    .as("of the %s wordings of %s", words.size(), offer.getKey())
                    .isGreaterThan(offer.getValue());
        }
    }

    @Test
    void no_door_of_quotes_opens_to_a_customer_in_korea() {
        var korea = World.korea();
        var customer = korea.customer("skt", "").api();
        var asked = new ArrayList<String>();
        for (var door : Crawler.mapping(korea).getHandlerMethods().entrySet()) {
            var room = door.getValue().getBeanType().getPackageName();
            if (!room.startsWith("org.facevalue.platform.quote.")) continue;
            for (var method : door.getKey().getMethodsCondition().getMethods())
                for (var pattern : door.getKey().getPatternValues()) {
                    var path = pattern.replaceAll("\\{[^}]*}", "qt_" + "0".repeat(31) + "1");
                    var answer =
                            method == RequestMethod.GET
                                    ? customer.get(path)
                                    : customer.post(path, Map.of());
                    assertThat(answer.status()).as("%s %s", method, path).isIn(403, 404, 451);
                    asked.add(method + " " + pattern);
                }
        }
        assertThat(asked)
                .contains(
                        "GET /compare",
                        "POST /quotes",
                        "GET /quotes/{id}",
                        "GET /quotes/{id}/confirm",
                        "GET /api/v1/comparison",
                        "POST /api/v1/quotes",
                        "GET /api/v1/quotes/{id}",
                        "POST /api/v1/quotes/{id}/challenges");
    }

    /** What gives an offer away: names and codes of every provider that is registered, what they take, and every wording, by what its key begins with. */
    private record Signs(Set<String> providers, Set<String> rates, Map<String, Set<String>> words) {
        Set<String> all() {
            var all = new TreeSet<>(providers);
            all.addAll(rates);
            all.addAll(DOORS);
            words.values().forEach(all::addAll);
            return all;
        }
    }

    private static Signs signs(World world) throws IOException {
        var providers = new TreeSet<String>();
        var rates = new TreeSet<String>();
        for (var provider : world.bean(Providers.class).all()) {
            providers.addAll(List.of(provider.code(), provider.korean(), provider.english()));
            if (!provider.active()) continue;
            int bps = provider.fee().value();
            rates.add("\"fee_bps\":" + bps);
            for (var language : Crawler.LANGUAGES)
                rates.add(new Wording(Locale.of(language), ZoneId.of("Asia/Seoul")).percent(bps));
        }
        assertThat(providers)
                .as("every provider of the sandbox is registered")
                .hasSizeGreaterThan(5);
        var words = new TreeMap<String, Set<String>>();
        for (var language : Crawler.LANGUAGES) {
            var lines = lines(language);
            // That a message has it, too, is no excuse: messages are looked at.
            var elsewhere =
                    lines.stream()
                            .filter(line -> offer(line).isEmpty() && !line.startsWith(MESSAGES))
                            .map(CrawlTest::wording)
                            .collect(Collectors.joining("\n"));
            for (var prefix : OFFERS.keySet()) {
                var parts = words.computeIfAbsent(prefix, p -> new TreeSet<>());
                lines.stream()
                        .filter(line -> offer(line).equals(prefix))
                        .map(CrawlTest::wording)
                        .flatMap(PLACEHOLDER::splitAsStream)
                        .map(String::strip)
                        .filter(part -> part.length() >= SHORTEST && !elsewhere.contains(part))
                        .forEach(parts::add);
            }
        }
        return new Signs(providers, rates, words);
    }

    private static List<String> lines(String language) throws IOException {
        return Files.readAllLines(
                Path.of("src/main/resources/messages_" + language + ".properties"),
                StandardCharsets.UTF_8);
    }

    private static String wording(String line) {
        return line.substring(line.indexOf('=') + 1);
    }

    /** Which of the offers' beginnings the line has; empty for any other line. */
    private static String offer(String line) {
        if (SHARED.stream().anyMatch(line::startsWith)) return "";
        return OFFERS.keySet().stream().filter(line::startsWith).findFirst().orElse("");
    }

    /** Whatever can be told to anybody. */
    private static List<String> messages(String language) throws IOException {
        return lines(language).stream()
                .filter(line -> line.startsWith(MESSAGES))
                .map(CrawlTest::wording)
                .toList();
    }

    /** Which sign stands on which pages. Most lines are on many pages: each is looked at once. */
    private static Map<String, Set<String>> found(Map<String, String> pages, Signs signs) {
        assertThat(pages).hasSizeGreaterThan(40);
        var lines = new HashMap<String, Set<String>>();
        for (var page : pages.entrySet())
            for (var line : page.getValue().lines().toList())
                lines.computeIfAbsent(line, l -> new TreeSet<>()).add(page.getKey());
        var found = new TreeMap<String, Set<String>>();
        for (var sign : signs.all()) {
            var stands = in(sign);
            for (var line : lines.entrySet())
                if (stands.test(line.getKey()))
                    found.computeIfAbsent(sign, s -> new TreeSet<>()).addAll(line.getValue());
        }
        return found;
    }

    /** A rate is a figure of its own: 13.2 % is not 3.2 %. It has a decimal, which none of the shares has that Korea's law speaks of. */
    private static Predicate<String> in(String sign) {
        if (!sign.endsWith("%")) return line -> line.contains(sign);
        var figure = sign.substring(0, sign.length() - 1);
        return Pattern.compile("(?<![\\d.,])" + Pattern.quote(figure) + "\\h?%").asPredicate();
    }

    private static JsonNode cancelled(Undoer undoer, long amount) {
        return undoer.asked(undoer.entered(amount, undoer.today()), "cancellation");
    }

    /** Each answer that comes within moments: all is given back, or a part; a refusal that stands, and one that is referred. */
    private static List<JsonNode> turns(Undoer undoer) {
        var whole = cancelled(undoer, 33_000);
        var part = cancelled(undoer, 34_750);
        var refused = cancelled(undoer, 33_710);
        var referred = cancelled(undoer, 35_710);
        undoer.until(referred, "REFUSED");
        undoer.choose(referred, "refer").ok();
        return List.of(
                undoer.until(whole, "UNDONE"),
                undoer.until(part, "GIVEN_IN_PART"),
                undoer.until(refused, "REFUSED"),
                undoer.until(referred, "REFERRED"));
    }

    /** The pages of a quote of each provider, and of two that were agreed to: one is paid, of the other the customer has to choose. None where nobody quotes. */
    private static List<String> offers(World world, SandboxCustomer customer) {
        var pages = new ArrayList<String>();
        for (var provider : world.bean(Providers.class).all()) {
            var wish = customer.wish("face_value", 50_000, provider.code());
            var quote = customer.api().post("/api/v1/quotes", wish);
            if (quote.status() == 201) pages.add("/quotes/" + Undoer.id(quote.body()));
        }
        if (pages.isEmpty()) return pages;
        pages.add("/staff/cash-outs/" + confirmed(world, customer, 50_000, "PAID"));
        pages.add("/staff/cash-outs/" + confirmed(world, customer, 50_610, "VOUCHER_OFFERED"));
        return pages;
    }

    private static String confirmed(
            World world, SandboxCustomer customer, long faceValue, String state) {
        var quote = Undoer.id(customer.quote("face_value", faceValue, "eunmorae"));
        var cashOut = Undoer.id(customer.confirm(quote));
        world.until(customer, cashOut, state);
        return cashOut;
    }
}
