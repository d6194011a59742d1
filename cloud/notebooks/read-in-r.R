# Readings in R, with nothing but R itself: Rscript read-in-r.R [address of the cloud] [file for the plots]
arguments <- commandArgs(trailingOnly = TRUE)
url <- if (length(arguments) >= 1) arguments[1] else "http://127.0.0.1:8080"
file <- if (length(arguments) >= 2) arguments[2] else "borehole-1.pdf"

d <- read.csv(paste0(url, "/api/v1/export?site=demo&sensor=borehole-1"))
d$measuredAt <- as.POSIXct(d$measuredAt, format = "%Y-%m-%dT%H:%M:%OSZ", tz = "UTC")
cat(nrow(d), "readings\n")

# A logger's "(na)" makes a column text; among the good values all are numbers.
good <- d[!is.na(d$water_level_flag) & d$water_level_flag == 1, ]
good$water_level <- as.numeric(good$water_level)

# The line breaks where readings are missing for more than three hours.
gap <- c(FALSE, diff(as.numeric(good$measuredAt)) > 3 * 3600)
line <- ifelse(gap, NA, good$water_level)

hourly <- tapply(good$water_level, format(good$measuredAt, "%Y-%m-%d %H"), mean)
level <- sort(hourly, decreasing = TRUE)
share <- 100 * seq_along(level) / (length(level) + 1) # Weibull plotting position

pdf(file, width = 9, height = 4)
par(mfrow = c(1, 2))
plot(good$measuredAt, line, type = "l", xlab = "", ylab = "water level", main = "Hydrograph")
plot(share, level, type = "l", xlab = "time at or above (%)", ylab = "water level", main = "Duration curve")
invisible(dev.off())
cat("L50", format(unname(quantile(hourly, 0.5)), digits = 6), "\n")
