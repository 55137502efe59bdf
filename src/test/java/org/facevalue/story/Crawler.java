package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.facevalue.cli.SandboxCustomer;
import org.facevalue.platform.identity.BreakGlass;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.Role;
import org.facevalue.platform.reconciliation.Reconciliation;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/**
 * Reads whatever a platform shows: to nobody, to one customer and to each of the staff, in both languages.
 *
 * @param ownOnly of single cases at the desk only the customer's: where all tests share a world others fill it, with pages of the same kinds
 */
record Crawler(World world, SandboxCustomer customer, boolean ownOnly) {
    static final List<String> LANGUAGES = List.of("ko", "en");
    private static final Pattern LINK = Pattern.compile("(?:href|action)=\"(/[^\"#]*)");
    private static final int MOST = 300;

    /** What becomes of a way out within moments, and is told to the customer. */
    private static final Set<String> TOLD =
            Set.of("received", "granted", "refused", "undone", "undone-in-part", "referred");

    /**
     * Every page and answer that anybody gets, by who, language and path.
     *
     * @param waysOut the customer's, as they stand
     * @param offers pages of what the customer was offered
     */
    Map<String, String> read(List<JsonNode> waysOut, List<String> offers)
            throws IOException, InterruptedException {
        var readers = new LinkedHashMap<String, String>();
        readers.put("nobody", "");
        readers.put("customer", customer.secret("api_key"));
        for (var role : Role.values())
            if (role.isStaff()) readers.put(role.name(), world.staffKey(role));
        compared();
        var pages = new LinkedHashMap<String, String>();
        pages.put("customer's texts", texts(waysOut));
        for (var role : Role.values())
            if (role.isStaff()) pages.put("mails of " + role, mails(role));
        var seeds = seeds(waysOut, offers);
        try (var http = HttpClient.newHttpClient()) {
            pages.put("script", page(http, "/js/facevalue.js", "", "ko"));
            for (var reader : readers.entrySet())
                for (var language : LANGUAGES) {
                    var seen = new TreeSet<String>();
                    var queue = new ArrayDeque<>(seeds);
                    while (!queue.isEmpty()) {
                        var path = queue.poll().replace("&amp;", "&");
                        if (!seen.add(path)) continue;
                        assertThat(seen)
                                .as("all that %s reads in %s", reader.getKey(), language)
                                .hasSizeLessThan(MOST);
                        var text = page(http, path, reader.getValue(), language);
                        pages.put(reader.getKey() + " " + language + " " + path, text);
                        var links = LINK.matcher(text);
                        while (links.find())
                            if (isFollowed(links.group(1))) queue.add(links.group(1));
                    }
                }
        }
        return pages;
    }

    private boolean isFollowed(String link) {
        if (link.matches("/sandbox/.*|.*[?&;]lang=.*")) return false;
        return !ownOnly || !link.matches("/staff/(cash-outs|ways-out)/.*");
    }

    private List<String> seeds(List<JsonNode> waysOut, List<String> offers) {
        var seeds = new ArrayList<>(routes());
        var ask = "line=" + customer.secret("line") + "&account=" + customer.secret("account");
        seeds.add("/compare?d=face&amount=50,000&" + ask);
        seeds.add("/api/v1/comparison?face_value=50000&" + ask);
        // The desk has no link to what has ended.
        for (var wayOut : waysOut) seeds.add("/staff/ways-out/" + Undoer.id(wayOut));
        seeds.addAll(offers);
        return seeds;
    }

    static RequestMappingHandlerMapping mapping(World world) {
        return world.named("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
    }

    /** Every route that can be read without knowing more. */
    private List<String> routes() {
        return mapping(world).getHandlerMethods().keySet().stream()
                .flatMap(route -> route.getPatternValues().stream())
                .filter(path -> !path.contains("{") && !path.startsWith("/sandbox/"))
                .sorted()
                .toList();
    }

    /** What the staff is told, something of it in this moment. */
    private String mails(Role role) {
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
    private void compared() {
        var finance = world.staff(Role.FINANCE);
        world.bean(Reconciliation.class).soon();
        for (int i = 0; i < 300; i++) {
            var parties = finance.get("/api/v1/staff/reconciliation").ok().path("parties");
            if (!parties.isEmpty()) return;
            World.sleep();
        }
        throw new AssertionError("nothing was compared");
    }

    /** Every message that the customer has got, once all have come that these ways out bring. */
    private String texts(List<JsonNode> waysOut) {
        long told =
                waysOut.stream()
                        .flatMap(wayOut -> Undoer.events(wayOut).stream())
                        .filter(TOLD::contains)
                        .count();
        assertThat(told).isPositive();
        var phone = "/sandbox/phones/" + customer.secret("line_number").replace("+", "%2B");
        for (int i = 0; i < 300; i++) {
            var texts = world.sandbox().get(phone).ok().path("texts");
            if (texts.size() >= told) return texts.toString();
            World.sleep();
        }
        throw new AssertionError("not all texts came, of " + told);
    }

    private String page(HttpClient http, String path, String key, String language)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(world.address() + path.replace(" ", "%20")))
                        .header("Accept-Language", language);
        if (!key.isEmpty()) request.header("Authorization", "Bearer " + key);
        var answer = http.send(request.build(), BodyHandlers.ofByteArray());
        // Who is told to come back has read nothing.
        assertThat(answer.statusCode()).as(path).isLessThan(500).isNotEqualTo(429);
        var type = answer.headers().firstValue("Content-Type").orElse("");
        // Evidence is what the customer has sent, whatever it calls itself.
        return type.startsWith("application/pdf") && !path.contains("/evidence/")
                ? words(answer.body())
                : new String(answer.body(), StandardCharsets.UTF_8);
    }

    /** What a paper says: once as if its lines broke between words, and once as if within one. */
    private static String words(byte[] paper) throws IOException {
        try (var reader = new PdfReader(paper)) {
            var text = new StringBuilder();
            for (int page = 1; page <= reader.getNumberOfPages(); page++)
                text.append(new PdfTextExtractor(reader).getTextFromPage(page)).append('\n');
            var words = text.toString();
            return words.replaceAll("\\s+", " ") + "\n" + words.replaceAll("\\R", "");
        }
    }
}
