"""What words mean wherever they stand: layout, names, numbers, money, dates, places, titles of jobs."""
