package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.facevalue.cli.SandboxCustomer;
import org.facevalue.platform.identity.BreakGlass;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.Role;
import org.facevalue.platform.provider.Providers;
import org.facevalue.platform.reconciliation.Reconciliation;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Whatever a platform shows to nobody, to a customer and to the staff, in both languages: where Korea is served there is no provider, no rate and no
 * word of a conversion in it; where ZZ is, the same reader finds them all.
 */
class CrawlTest {
    private static final Pattern LINK = Pattern.compile("(?:href|action)=\"(/[^\"#]*)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d.*?}");
    private static final int SHORTEST = 6;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void a_platform_that_serves_korea_shows_no_provider_no_rate_and_no_conversion()
            throws Exception {
        var signs = signs(World.korea());
        var found = found(crawl(World.korea(), World.korea().customer("skt", "")), signs);
        assertThat(found).isEmpty();
    }

    @Test
    void the_same_reader_finds_them_all_where_they_are_permitted() throws Exception {
        var signs = signs(World.get());
        var found = found(crawl(World.get(), World.get().customer()), signs);
        assertThat(found.keySet()).containsAll(signs.providers());
        assertThat(found.keySet()).containsAll(signs.rates());
        assertThat(found.keySet().stream().filter(signs.words()::contains).count())
                .as("of the %s wordings of a conversion", signs.words().size())
                .isGreaterThan(40);
    }

    /** What gives an offer away: names and codes of every provider that is registered, what they take, and every wording of quotes and comparisons. */
    private record Signs(TreeSet<String> providers, TreeSet<String> rates, TreeSet<String> words) {
        TreeSet<String> all() {
            var all = new TreeSet<>(providers);
            all.addAll(rates);
            all.addAll(words);
            return all;
        }
    }

    private static Signs signs(World world) throws IOException {
        var providers = new TreeSet<String>();
        var rates = new TreeSet<String>();
        for (var provider : world.bean(Providers.class).all()) {
            providers.addAll(List.of(provider.code(), provider.korean(), provider.english()));
            if (provider.active()) rates.add("\"fee_bps\":" + provider.fee().value());
        }
        assertThat(providers)
                .as("every provider of the sandbox is registered")
                .hasSizeGreaterThan(5);
        var words =
                new TreeSet<>(
                        List.of(
                                "action=\"/compare\"",
                                "/api/v1/quotes",
                                "/api/v1/comparison",
                                "effective_annual_cost",
                                "fee_bps",
                                "provider-suspended",
                                "quote-expired"));
        for (var language : List.of("ko", "en")) {
            var lines =
                    Files.readAllLines(
                            Path.of("src/main/resources/messages_" + language + ".properties"),
                            StandardCharsets.UTF_8);
            var elsewhere =
                    lines.stream()
                            .filter(line -> !line.startsWith("quote."))
                            .map(line -> line.substring(line.indexOf('=') + 1))
                            .collect(Collectors.joining("\n"));
            lines.stream()
                    .filter(line -> line.startsWith("quote."))
                    .map(line -> line.substring(line.indexOf('=') + 1))
                    .flatMap(PLACEHOLDER::splitAsStream)
                    .map(String::strip)
                    .filter(part -> part.length() >= SHORTEST && !elsewhere.contains(part))
                    .forEach(words::add);
        }
        return new Signs(providers, rates, words);
    }

    /** Which sign stands on which pages. */
    private static Map<String, List<String>> found(Map<String, String> pages, Signs signs) {
        assertThat(pages).hasSizeGreaterThan(40);
        var found = new TreeMap<String, List<String>>();
        for (var sign : signs.all()) {
            var on =
                    pages.entrySet().stream()
                            .filter(page -> page.getValue().contains(sign))
                            .map(Map.Entry::getKey)
                            .toList();
            if (!on.isEmpty()) found.put(sign, on);
        }
        return found;
    }

    /** Every page and answer that anybody gets, by who, language and path. */
    private static Map<String, String> crawl(World world, SandboxCustomer customer)
            throws IOException, InterruptedException {
        var pages = new LinkedHashMap<String, String>();
        var readers = new LinkedHashMap<String, String>();
        readers.put("nobody", "");
        readers.put("customer", customer.secret("api_key"));
        for (var role : Role.values())
            if (role.isStaff()) readers.put(role.name(), world.staffKey(role));
        var ask = "line=" + customer.secret("line") + "&account=" + customer.secret("account");
        var seeds = new ArrayList<String>(routes(world));
        seeds.add("/compare?d=face&amount=50,000&" + ask);
        seeds.add("/api/v1/comparison?face_value=50000&" + ask);
        undo(world, customer);
        compared(world);
        pages.put("customer's texts", texts(world, customer));
        for (var role : Role.values())
            if (role.isStaff()) pages.put("mails of " + role, mails(world, role));
        pages.put("script", page(HTTP, world, "/js/facevalue.js", "", "ko"));
        try (var http = HttpClient.newHttpClient()) {
            for (var reader : readers.entrySet())
                for (var language : List.of("ko", "en")) {
                    var seen = new TreeSet<String>();
                    var queue = new ArrayDeque<>(seeds);
                    while (!queue.isEmpty()) {
                        var path = queue.poll().replace("&amp;", "&");
                        if (!seen.add(path) || seen.size() > 300) continue;
                        var text = page(http, world, path, reader.getValue(), language);
                        pages.put(reader.getKey() + " " + language + " " + path, text);
                        var links = LINK.matcher(text);
                        while (links.find())
                            if (!links.group(1).matches("/sandbox/.*|.*[?&;]lang=.*"))
                                queue.add(links.group(1));
                    }
                }
        }
        return pages;
    }

    /** What the staff is told, something of it in this moment. */
    private static String mails(World world, Role role) {
        world.bean(BreakGlass.class)
                .breakIt(
                        new Caller(role, UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID()),
                        "the crawl");
        var box = "/sandbox/mailboxes/" + role.name().toLowerCase(Locale.ROOT) + "@localhost";
        for (int i = 0; i < 300; i++) {
            var mails = world.sandbox().get(box).ok();
            if (!mails.path("data").isEmpty()) return mails.toString();
            World.sleep();
        }
        throw new AssertionError("no mail came to " + role);
    }

    /** The books were compared once, so that the pages of it have something to show. */
    private static void compared(World world) {
        var finance = world.staff(Role.FINANCE);
        world.bean(Reconciliation.class).soon();
        for (int i = 0; i < 300; i++) {
            var parties = finance.get("/api/v1/staff/reconciliation").ok().path("parties");
            if (!parties.isEmpty()) return;
            World.sleep();
        }
        throw new AssertionError("nothing was compared");
    }

    /** Every message that the customer has got; of a way out there is one at least. */
    private static String texts(World world, SandboxCustomer customer) {
        var phone = "/sandbox/phones/" + customer.secret("line_number").replace("+", "%2B");
        for (int i = 0; i < 300; i++) {
            var texts = world.sandbox().get(phone).ok().path("texts");
            if (!texts.isEmpty()) return texts.toString();
            World.sleep();
        }
        throw new AssertionError("no text came");
    }

    /** Every route that can be read without knowing more. */
    private static List<String> routes(World world) {
        return world
                .named("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .flatMap(route -> route.getPatternValues().stream())
                .filter(path -> !path.contains("{") && !path.startsWith("/sandbox/"))
                .sorted()
                .collect(Collectors.toList());
    }

    /** So that there is something of each kind to see: a way out, and where it can be had a quote. */
    private static void undo(World world, SandboxCustomer customer) {
        var undoer = new Undoer(world, customer);
        undoer.until(
                undoer.asked(undoer.entered(33_000, undoer.today()), "cancellation"), "UNDONE");
        var quote =
                customer.api()
                        .post("/api/v1/quotes", customer.wish("face_value", 50_000, "eunmorae"));
        if (quote.status() == 201) customer.confirm(quote.body().path("id").asString());
    }

    private static String page(
            HttpClient http, World world, String path, String key, String language)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(world.address() + path.replace(" ", "%20")))
                        .header("Accept-Language", language);
        if (!key.isEmpty()) request.header("Authorization", "Bearer " + key);
        var answer = http.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isLessThan(500);
        return answer.body();
    }
}
