package org.facevalue.platform.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.session.NullAuthenticatedSessionStrategy;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

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
        return http.authorizeHttpRequests(SecuritySetup::rows)
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

    private static void rows(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
                    calls) {
        for (var row : Access.TABLE) {
            var matched = calls.requestMatchers(row.matchers());
            switch (row.whom()) {
                case EVERYBODY -> matched.permitAll();
                case SIGNED_IN -> matched.authenticated();
                case ROLES -> matched.hasAnyRole(row.roleNames());
            }
        }
        calls.anyRequest().denyAll();
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
        var door = request.getRequestURI().startsWith("/staff") ? "/staff/sign-in" : "/sign-in";
        response.sendRedirect(door + "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
    }
}
