package org.facevalue.platform.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.catalina.core.StandardHost;
import org.facevalue.platform.identifier.Ids;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.session.NullAuthenticatedSessionStrategy;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Who may call what. What is not listed is denied. */
@Configuration(proxyBeanMethods = false)
class SecuritySetup {
    private static final String CSP =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
                    + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; "
                    + "trusted-types 'none'";

    @Bean
    SecurityFilterChain rules(
            HttpSecurity http,
            Sessions sessions,
            ApiKeys apiKeys,
            IdempotencyRecords records,
            ProblemWriter problems,
            @Value("${facevalue.rate}") long perSecond)
            throws Exception {
        var csrf = CookieCsrfTokenRepository.withHttpOnlyFalse();
        csrf.setCookieName("__Host-csrf");
        csrf.setCookiePath("/");
        csrf.setCookieCustomizer(cookie -> cookie.secure(true).httpOnly(true).sameSite("Lax"));
        return http.authorizeHttpRequests(
                        calls ->
                                calls.requestMatchers(
                                                reading(
                                                        "/",
                                                        "/sign-in",
                                                        "/sign-up",
                                                        "/problems",
                                                        "/problems/*"))
                                        .permitAll()
                                        .requestMatchers(
                                                HttpMethod.POST,
                                                "/sign-in",
                                                "/sign-up",
                                                "/sandbox/enter")
                                        .permitAll()
                                        .requestMatchers(
                                                reading(
                                                        "/css/**",
                                                        "/js/**",
                                                        "/img/**",
                                                        "/favicon.ico"))
                                        .permitAll()
                                        .requestMatchers(
                                                reading(
                                                        "/health",
                                                        "/health/live",
                                                        "/openapi.json",
                                                        "/keys"))
                                        .permitAll()
                                        .requestMatchers(HttpMethod.GET, "/metrics")
                                        .hasRole("METRICS")
                                        .requestMatchers("/staff", "/staff/**", "/api/v1/staff/**")
                                        .hasRole("STAFF")
                                        .requestMatchers("/api/v1/sandbox/**", "/api/v1/customers")
                                        .hasRole("SANDBOX")
                                        .requestMatchers(HttpMethod.POST, "/sign-out")
                                        .authenticated()
                                        .requestMatchers("/error")
                                        .permitAll()
                                        .requestMatchers(
                                                "/api/v1/**",
                                                "/compare",
                                                "/quotes",
                                                "/quotes/**",
                                                "/cash-outs",
                                                "/cash-outs/**",
                                                "/freeze",
                                                "/account",
                                                "/account/**")
                                        .hasRole("CUSTOMER")
                                        .anyRequest()
                                        .denyAll())
                .csrf(
                        c ->
                                c.csrfTokenRepository(csrf)
                                        // The caller is found anew with every request: that is no
                                        // sign-in after which a token is changed.
                                        .sessionAuthenticationStrategy(
                                                new NullAuthenticatedSessionStrategy())
                                        .ignoringRequestMatchers(
                                                r -> CredentialsFilter.bearer(r) != null))
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(c -> c.disable())
                .logout(l -> l.disable())
                .headers(
                        h ->
                                h.contentSecurityPolicy(c -> c.policyDirectives(CSP))
                                        .referrerPolicy(r -> r.policy(ReferrerPolicy.NO_REFERRER))
                                        .frameOptions(f -> f.deny())
                                        .permissionsPolicyHeader(
                                                p ->
                                                        p.policy(
                                                                "camera=(), microphone=(), geolocation=(), payment=()")))
                .exceptionHandling(
                        e ->
                                e.authenticationEntryPoint(
                                                (request, response, why) ->
                                                        ask(problems, request, response))
                                        .accessDeniedHandler(
                                                (request, response, why) ->
                                                        deny(problems, request, response)))
                .addFilterBefore(new CredentialsFilter(sessions, apiKeys), CsrfFilter.class)
                .addFilterAfter(
                        new RateFilter(problems, perSecond), AnonymousAuthenticationFilter.class)
                .addFilterAfter(new IdempotencyFilter(records, problems), RateFilter.class)
                .build();
    }

    /** GET, and HEAD that asks for the same without its body. */
    private static RequestMatcher[] reading(String... patterns) {
        return Arrays.stream(patterns)
                .flatMap(
                        pattern ->
                                Stream.of(HttpMethod.GET, HttpMethod.HEAD)
                                        .map(
                                                method ->
                                                        PathPatternRequestMatcher.pathPattern(
                                                                method, pattern)))
                .toArray(RequestMatcher[]::new);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> refusals(
            ProblemWriter problems, Ids ids) {
        return factory ->
                factory.addContextCustomizers(
                        context -> {
                            var host = (StandardHost) context.getParent();
                            host.getPipeline().addValve(new ProblemValve(problems, ids));
                            host.setErrorReportValveClass(ProblemValve.class.getName());
                        });
    }

    @Bean
    FilterRegistrationBean<RequestFilter> requestFilter(
            ProblemWriter problems, Ids ids, @Value("${facevalue.host}") String host) {
        var registration = new FilterRegistrationBean<>(new RequestFilter(problems, ids, host));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** Before it is looked up who calls: to turn somebody away must cost next to nothing. */
    @Bean
    FilterRegistrationBean<CrowdFilter> crowdFilter(
            ProblemWriter problems,
            @Value("${facevalue.requests.at-once}") int atOnce,
            @Value("${facevalue.requests.wait}") Duration wait) {
        var registration = new FilterRegistrationBean<>(new CrowdFilter(problems, atOnce, wait));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    /** Who brought no credential is asked for one; who did may not do this. */
    private static void deny(
            ProblemWriter problems, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        boolean known = authentication != null && authentication.getPrincipal() instanceof Caller;
        problems.write(
                request,
                response,
                new Problem(known ? ProblemCode.NOT_PERMITTED : ProblemCode.UNAUTHENTICATED));
    }

    /** A person is sent to sign in and back again; a program gets a problem. */
    private static void ask(
            ProblemWriter problems, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean page =
                request.getMethod().equals("GET") && !request.getRequestURI().startsWith("/api/");
        if (!page) {
            problems.write(request, response, new Problem(ProblemCode.UNAUTHENTICATED));
            return;
        }
        var query = request.getQueryString();
        var next = request.getRequestURI() + (query == null ? "" : "?" + query);
        response.sendRedirect("/sign-in?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
    }
}
