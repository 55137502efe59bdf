package org.facevalue.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.facevalue.platform.identity.Role;
import org.facevalue.platform.identity.Totp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The main job in a real browser, and every page looked at. */
class BrowserStoryTest {
    private static final World WORLD = World.get();
    private static final By BUTTON = By.cssSelector("main form button.btn-primary");

    @ParameterizedTest(name = "{0}, {1} px")
    @CsvSource({"ko, 390", "ko, 1280", "en, 390", "en, 1280"})
    void the_main_job_is_done_by_keyboard_alone(String language, int width) throws IOException {
        boolean korean = language.equals("ko");
        try (var browser = new Browser(WORLD.address(), language, width, true)) {
            browser.open("/");
            browser.check("1-start-signed-out");
            browser.tabTo(BUTTON);
            browser.press(Keys.ENTER);
            browser.until(korean ? "얼마가 필요한가요?" : "How much do you need?");
            browser.check("2-start");

            browser.tabTo(By.id("amt"));
            browser.press("43,000", Keys.ENTER);
            browser.until(korean ? "은모래교환" : "Eunmorae Exchange");
            browser.check("3-compare");

            browser.tabTo(BUTTON);
            browser.press(Keys.ENTER);
            browser.until(korean ? "한 줄씩 보기" : "Line by line");
            assertThat(browser.text())
                    .contains(korean ? "47,000원" : "₩47,000")
                    .contains(korean ? "−1,410원" : "−₩1,410");
            browser.check("4-quote");
            var quote = browser.path();

            browser.tabTo(By.cssSelector("main a.btn-primary"));
            browser.press(Keys.ENTER);
            browser.until(korean ? "이대로 할까요?" : "Shall it be like this?");
            browser.check("5-confirm");

            browser.tabTo(BUTTON);
            browser.press(Keys.ENTER);
            browser.until(korean ? "입금됐어요" : "The money is on your account");
            browser.check("6-paid");

            browser.open(quote + "/confirm");
            browser.until(korean ? "이미 쓰였어요" : "has been used");

            browser.open("/cash-outs");
            browser.check("7-history");
            browser.open("/cash-outs?q=43,000&state=PAID");
            assertThat(browser.text()).contains(korean ? "43,000원" : "₩43,000");
            browser.open("/cash-outs?q=99999");
            browser.check("8-history-empty");

            browser.open("/account");
            browser.check("9-account");
            browser.open("/freeze");
            browser.check("a-freeze");
            browser.tabTo(By.cssSelector("main button.btn-danger"));
            browser.press(Keys.ENTER);
            browser.until(korean ? "멈춰 있어요" : "Your account is frozen");
            browser.check("b-frozen");

            browser.dark();
            browser.open(quote);
            browser.check("c-quote-dark");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"ko", "en"})
    void what_cannot_be_compared_says_why_beside_the_field_and_keeps_what_was_typed(
            String language) {
        boolean korean = language.equals("ko");
        try (var browser = new Browser(WORLD.address(), language, 390, true)) {
            browser.open("/");
            browser.find(BUTTON).click();
            browser.until(korean ? "얼마가 필요한가요?" : "How much do you need?");
            var line = browser.find(By.cssSelector("#line option")).getAttribute("value");
            var account = browser.find(By.cssSelector("#account option")).getAttribute("value");
            browser.open("/compare?d=face&amount=12.5&line=" + line + "&account=" + account);
            assertThat(browser.find(By.id("amt")).getAttribute("value")).isEqualTo("12.5");
            assertThat(browser.find(By.id("amt-e")).getText()).isNotBlank();
            browser.open("/compare?d=face&amount=600,000&line=" + line + "&account=" + account);
            assertThat(browser.find(By.id("amt-e")).getText())
                    .contains(korean ? "500,000원" : "₩500,000");
        }
    }

    @ParameterizedTest(name = "{0}, {1} px")
    @CsvSource({"ko, 390", "en, 1280"})
    void a_voucher_that_nobody_converts_is_kept_its_code_shown_and_then_given_back(
            String language, int width) throws IOException {
        boolean korean = language.equals("ko");
        try (var browser = new Browser(WORLD.address(), language, width, true)) {
            browser.open("/");
            browser.find(BUTTON).click();
            browser.until(korean ? "얼마가 필요한가요?" : "How much do you need?");
            var line = browser.find(By.cssSelector("#line option")).getAttribute("value");
            var account = browser.find(By.cssSelector("#account option")).getAttribute("value");
            browser.open("/compare?d=face&amount=50,610&line=" + line + "&account=" + account);
            browser.find(BUTTON).click();
            browser.until(korean ? "한 줄씩 보기" : "Line by line");
            browser.find(By.cssSelector("main a.btn-primary")).click();
            browser.until(korean ? "이대로 할까요?" : "Shall it be like this?");
            browser.find(BUTTON).click();
            browser.until(korean ? "대신 어떻게 할까요?" : "What would you like instead?");
            browser.check("k-choice");
            browser.find(By.cssSelector("input[value=VOUCHER] + button")).click();
            browser.until(korean ? "상품권을 가지고 있어요" : "You kept the voucher");
            browser.check("l-kept");
            browser.find(By.cssSelector("[data-voucher-code] button")).click();
            browser.until(korean ? "까지 쓸 수 있어요" : "Valid until");
            assertThat(browser.find(By.cssSelector("[data-code]")).getText()).isNotBlank();
            browser.check("m-code");
            var cashOut = browser.path();
            browser.open("/ways-out");
            browser.check("n-made-here");
            browser.find(By.cssSelector("form[action='/purchases'] button")).click();
            browser.until(korean ? "결제 취소" : "Cancellation");
            browser.check("o-made-here-ways");
            browser.find(By.cssSelector("form[action='/ways-out'] button")).click();
            browser.until(korean ? "모두 돌려받았어요" : "All of it came back");
            browser.check("p-made-here-undone");
            browser.open(cashOut);
            assertThat(browser.shows(By.cssSelector("[data-voucher-code]"))).isFalse();
            browser.check("q-given-back");
        }
    }

    @Test
    void the_staff_sees_what_waits_and_the_whole_story_of_a_cash_out() throws IOException {
        var minji = WORLD.customer();
        var id =
                minji.confirm(minji.quote("face_value", 50_650, "eunmorae").path("id").asString())
                        .path("id")
                        .asString();
        WORLD.end(minji, id);
        var login = WORLD.secret("staff-finance");
        try (var browser = new Browser(WORLD.address(), "ko", 1280, true)) {
            browser.open("/staff");
            browser.check("d-sign-in");
            browser.find(By.id("name")).sendKeys(login.get(0));
            browser.find(By.id("password")).sendKeys(login.get(1));
            browser.find(By.id("code")).sendKeys("000000", Keys.ENTER);
            browser.until("맞지 않는 것이 있어요");
            browser.refused(401);
            browser.find(By.id("password")).sendKeys(login.get(1));
            browser.find(By.id("code")).sendKeys(code(login.get(2)), Keys.ENTER);
            browser.until("claim-on-issuer");
            browser.check("e-staff");
            browser.open("/staff/cash-outs/" + id);
            assertThat(browser.text())
                    .contains("voucher-not-returned")
                    .contains("CLAIM joyakdol")
                    .contains("RETURN_VOUCHER");
            browser.check("f-staff-cash-out");

            var reason = By.cssSelector("form input[id^=m-]");
            browser.find(reason).sendKeys("     ", Keys.ENTER);
            browser.until("사유를 5~500자로");
            browser.refused(422);
            browser.check("f-staff-no-reason");
            browser.find(reason).sendKeys("발행사가 8월 정산에서 돌려주기로 했음", Keys.ENTER);
            browser.until("발행사가 8월 정산에서 돌려주기로 했음");
            assertThat(browser.text()).contains("건 닫음").doesNotContain("claim-on-issuer");
            browser.find(By.id("reason")).sendKeys("고객에게 전화로 알림", Keys.ENTER);
            browser.until("고객에게 전화로 알림");
            browser.check("f-staff-after");
            WORLD.staff(Role.FINANCE).post("/api/v1/staff/reconciliation", Map.of()).ok();
            browser.open("/staff/reconciliation");
            for (int i = 0; i < 50 && !browser.text().contains("등대은행"); i++) {
                World.sleep();
                browser.reload();
            }
            assertThat(browser.text()).contains("등대은행");
            browser.check("g-staff-reconciliation");
            browser.open("/staff/approvals");
            browser.check("g-staff-approvals");
            browser.open("/staff/rule-packs");
            assertThat(browser.text()).contains("ZZ@").contains("적용 중");
            browser.check("g-staff-rule-packs");
        }
    }

    @Test
    void the_staff_records_what_a_provider_said_and_accepts_the_difference_that_will_stay()
            throws IOException, SQLException {
        var minji = WORLD.customer();
        var quote = minji.quote("face_value", 50_000, "heukmorae").path("id").asString();
        var id = minji.confirm(quote).path("id").asString();
        for (int i = 0; i < 200 && !WORLD.matters(id).contains("odd-answer"); i++) World.sleep();
        try (var browser = new Browser(WORLD.address(), "en", 390, true)) {
            signIn(browser);
            browser.open("/staff?reason=odd-answer");
            browser.check("n-staff-queue");
            browser.open("/staff/cash-outs/" + id);
            browser.until("No clear answer");
            browser.check("n-staff-unclear");
            browser.find(By.cssSelector("input[id^=u-]")).sendKeys("Ms Seo: they have it, case 4");
            browser.find(By.cssSelector("button[value=said-done]")).click();
            browser.until("Ms Seo: they have it, case 4");
            assertThat(WORLD.end(minji, id).path("state").asString()).isEqualTo("PAID");
            WORLD.forward(Duration.ofMinutes(2));
            WORLD.staff(Role.FINANCE).post("/api/v1/staff/reconciliation", Map.of()).ok();
            browser.open("/staff/reconciliation");
            for (int i = 0; i < 100 && !browser.text().contains(id); i++) {
                World.sleep();
                browser.reload();
            }
            browser.check("o-reconciliation-differs");
            browser.find(By.xpath("//tr[contains(., '" + id + "')]//input[@name='reason']"))
                    .sendKeys("In dispute with Heukmorae, case 4", Keys.ENTER);
            browser.until("Accepted as they are");
            assertThat(browser.text()).contains("In dispute with Heukmorae, case 4");
            browser.check("o-reconciliation-accepted");
            var undoer = new Undoer(WORLD, WORLD.customer());
            var wayOut = undoer.asked(undoer.entered(22_710, undoer.today()), "cancellation");
            undoer.until(wayOut, "REFUSED");
            browser.open("/staff/ways-out/" + Undoer.id(wayOut));
            assertThat(browser.text()).contains("The seller does not agree.");
            browser.check("o-way-out");
            browser.open("/staff/approvals");
            browser.check("o-approvals");
            browser.open("/staff/rule-packs");
            browser.check("o-rule-packs");
            browser.find(By.partialLinkText("KR@")).click();
            browser.until("What would be decided otherwise");
            browser.check("o-rule-pack");
        }
    }

    private static void signIn(Browser browser) {
        var login = WORLD.secret("staff-finance");
        browser.open("/staff/sign-in");
        browser.find(By.id("name")).sendKeys(login.get(0));
        browser.find(By.id("password")).sendKeys(login.get(1));
        browser.find(By.id("code")).sendKeys(code(login.get(2)), Keys.ENTER);
        for (int i = 0; i < 100 && browser.path().startsWith("/staff/sign-in"); i++) World.sleep();
    }

    /** A code is good once, and each is for half a minute; the next one is taken a little early. */
    private static String code(String secret) {
        long step = Math.max(Instant.now().getEpochSecond() / 30, lastStep + 1);
        while (step > Instant.now().getEpochSecond() / 30 + 1) World.sleep();
        lastStep = step;
        return Totp.code(secret, Instant.ofEpochSecond(step * 30));
    }

    private static long lastStep;

    @Test
    void the_public_pages_stand_on_their_own() throws IOException {
        try (var browser = new Browser(WORLD.address(), "ko", 390, true)) {
            browser.open("/sign-up");
            browser.check("g-sign-up");
            browser.open("/problems");
            browser.check("h-problems");
            browser.open("/problems/quote-expired");
            browser.check("i-problem");
        }
    }

    @Test
    void a_person_signs_up_and_adds_a_line_an_account_and_no_device_without_proof()
            throws IOException {
        try (var browser = new Browser(WORLD.address(), "en", 390, true)) {
            browser.open("/sign-up");
            var secret = browser.find(By.cssSelector("#code-h code")).getText();
            browser.find(By.id("name")).sendKeys("Kim Minji");
            browser.find(By.id("login")).sendKeys("minji-" + System.nanoTime());
            browser.find(By.id("password")).sendKeys("nine green umbrellas");
            browser.find(By.id("code")).sendKeys("12", Keys.ENTER);
            browser.until("That code is not right");
            browser.refused(422);
            assertThat(browser.find(By.id("name")).getAttribute("value")).isEqualTo("Kim Minji");
            browser.find(By.id("password")).sendKeys("nine green umbrellas");
            browser.find(By.id("code")).sendKeys(Totp.code(secret, Instant.now()), Keys.ENTER);
            browser.until("Device keys");
            assertThat(browser.text()).contains("dk_");

            browser.find(By.id("line")).sendKeys("+82 10 1234 5678", Keys.ENTER);
            browser.until("No rule pack covers this");
            browser.refused(422);
            var person = WORLD.sandbox().post("/sandbox/people", Map.of("name", "Kim Minji")).ok();
            browser.find(By.id("line")).clear();
            browser.find(By.id("line")).sendKeys(person.path("line_number").asString(), Keys.ENTER);
            browser.until("+999");
            browser.find(By.id("account"))
                    .sendKeys(person.path("account_number").asString(), Keys.ENTER);
            browser.until("K** ");
            browser.find(By.id("password")).sendKeys("nine green umbrellas");
            browser.find(By.id("code")).sendKeys("000000", Keys.ENTER);
            browser.until("Password or code are not right");
            browser.refused(422);
            browser.check("j-account");
        }
    }

    @Test
    void without_a_script_everything_but_the_yes_can_be_read_and_tracking_goes_by_reload() {
        try (var browser = new Browser(WORLD.address(), "ko", 390, false)) {
            browser.open("/");
            browser.find(BUTTON).click();
            browser.until("얼마가 필요한가요?");
            browser.find(By.id("amt")).sendKeys("43000", Keys.ENTER);
            browser.until("은모래교환");
            browser.find(BUTTON).click();
            browser.until("한 줄씩 보기");
            browser.find(By.cssSelector("main a.btn-primary")).click();
            browser.until("확인하려면 스크립트가 필요해요");
        }
    }
}
